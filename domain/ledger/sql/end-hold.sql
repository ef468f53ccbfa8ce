update ledger.hold
set state = :state, ended_at = :at
where slot = :slot and account_id = :account_id and reference = :reference and state = 'held'
returning amount_minor
