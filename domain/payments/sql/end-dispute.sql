update payments.dispute
set state = :state, amount_minor = :amount_minor, ended_at = :ended_at, told_at = :told_at
where slot = :slot and account_id = :account_id and attempt_id = :attempt_id and dispute_reference = :dispute_reference
