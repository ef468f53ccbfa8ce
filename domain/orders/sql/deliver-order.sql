update orders.order
set state = 'delivered', delivered_at = :delivered_at
where slot = :slot and account_id = :account_id and order_id = :order_id and state = 'applied'
