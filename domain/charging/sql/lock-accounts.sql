-- Locks, and counts that it did. The keys come in order of the accounts and rows are met in that order, so that two batches
-- seldom wait for each other; one that meets a deadlock all the same is run again. Decides nothing.
update ledger.account as account
set version = account.version + 1
from unnest(:slots::smallint[], :account_ids::bigint[]) as wanted (slot, account_id)
where account.slot = wanted.slot and account.account_id = wanted.account_id
returning account.account_id, account.version
