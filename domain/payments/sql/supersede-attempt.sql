update payments.attempt
set superseded_at = :transport_at
where slot = :slot and account_id = :account_id and attempt_id = :attempt_id and superseded_at is null
