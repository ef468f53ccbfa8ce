update payments.attempt
set refunding_minor = refunding_minor + :delta_minor
where slot = :slot and account_id = :account_id and attempt_id = :attempt_id
