insert into payments.dispute (
  slot, account_id, attempt_id, order_id, dispute_reference, state, currency, amount_minor, reason, opened_at, ended_at, told_at
)
values (
  :slot, :account_id, :attempt_id, :order_id, :dispute_reference, :state, :currency, :amount_minor, :reason, :opened_at, :ended_at, :told_at
)
