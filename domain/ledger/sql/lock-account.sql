-- A statement of its own: what is decided is read in later statements, on snapshots from after the wait.
select slot, account_id, currency, balance_minor, held_minor, credit_limit_minor, touched_at
from ledger.account
where slot = :slot and account_id = :account_id
for no key update
