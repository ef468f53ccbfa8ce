select key, market, kind, number, content, issued_at
from orders.document
where slot = :slot and account_id = :account_id and order_id = :order_id
order by kind desc, number
