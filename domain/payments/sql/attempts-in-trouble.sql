select slot, account_id, order_id, attempt_id, currency, amount_minor, state, started_at
from payments.attempt
where ask_at is not null and started_at <= :waiting_since
order by started_at
limit :limit_rows
