select slot, account_id, order_id
from orders.order
where look_at is not null and look_at <= :at
order by look_at
limit :limit_rows
