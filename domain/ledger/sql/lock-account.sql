-- A statement of its own: what is decided is read in later statements, on snapshots from after the wait. Counted, so that
-- whoever knows the account from before knows that somebody has been there.
update ledger.account set version = version + 1
where slot = :slot and account_id = :account_id
returning slot, account_id, currency, balance_minor, held_minor, credit_limit_minor, touched_at
