-- Money is under way for it, in or back: the line stays where it is until that has ended.
select order_id
from orders.order
where slot = :slot and account_id = :account_id and line_id = :line_id and state in ('placed', 'refunding')
order by order_id
limit 1
