-- By our id alone, which carries the slot: for people who read an order's number off a receipt.
select slot, account_id, order_id from orders.order where slot = :slot and order_id = :order_id
