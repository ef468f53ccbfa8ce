update payments.refund
set state = :state,
  refund_reference = :refund_reference,
  failure = :failure,
  try_no = :try_no,
  try_started_at = :try_started_at,
  ended_at = :ended_at,
  ask_at = :ask_at
where slot = :slot and account_id = :account_id and refund_id = :refund_id
