insert into payments.refund (
  slot, account_id, refund_id, attempt_id, intent_id, order_id, provider, key, reason, currency, amount_minor, state,
  payment_reference, try_started_at, started_at, ask_at
)
values (
  :slot, :account_id, :refund_id, :attempt_id, :intent_id, :order_id, :provider, :key, :reason, :currency, :amount_minor, 'started',
  :payment_reference, :started_at, :started_at, :ask_at
)
