-- What was made of the quote, and what the caller's key was used for: the same order, two, or none.
select order_id, content_hash, caller = :caller and key = :key as by_key
from orders.order where slot = :slot and account_id = :account_id and order_id = :order_id
union all
select order_id, content_hash, true
from orders.order where slot = :slot and account_id = :account_id and caller = :caller and key = :key
