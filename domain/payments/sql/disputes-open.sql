select slot, account_id, order_id, dispute_reference, currency, amount_minor, reason, opened_at
from payments.dispute
where state = 'opened'
order by opened_at
limit :limit_rows
