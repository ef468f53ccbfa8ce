select order_id, content_hash from orders.order where slot = :slot and account_id = :account_id and caller = :caller and key = :key
