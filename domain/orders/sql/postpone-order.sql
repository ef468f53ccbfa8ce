update orders.order set look_at = :look_at where slot = :slot and account_id = :account_id and order_id = :order_id
