update payments.attempt
set disputed_minor = disputed_minor + :delta_minor
where slot = :slot and account_id = :account_id and attempt_id = :attempt_id
