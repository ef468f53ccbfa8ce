select slot, account_id, order_id, state, tender, currency, total_minor, placed_at
from orders.order
where slot = :slot and account_id = :account_id and line_id = :line_id
order by order_id desc
limit :limit_rows
