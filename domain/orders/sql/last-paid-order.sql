select max(paid_at) as paid_at
from orders.order
where slot = :slot and account_id = :account_id and line_id = :line_id and placed_at > :since and state in ('applied', 'delivered')
