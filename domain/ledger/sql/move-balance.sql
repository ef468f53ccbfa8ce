update ledger.account
set balance_minor = balance_minor + :delta_minor, held_minor = held_minor + :held_delta_minor, touched_at = greatest(touched_at, :at)
where slot = :slot and account_id = :account_id
