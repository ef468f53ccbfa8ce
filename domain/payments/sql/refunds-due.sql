select slot, account_id, refund_id, attempt_id, intent_id, order_id, provider, key, reason, currency, amount_minor, state, payment_reference,
  refund_reference, failure, try_no, try_started_at, started_at, ended_at, ask_at
from payments.refund
where ask_at <= :transport_now
order by ask_at
limit :limit_rows
