-- Locks, and counts that it did, what nobody else has locked since it was known; fails when there is one that somebody has. The keys come in
-- order of the accounts and rows are met in that order, so that two batches seldom wait for each other; one that meets a deadlock all the same is run again.
with met as (
  update ledger.account as account
  set version = account.version + 1
  from unnest(:account_ids::bigint[], :versions::bigint[]) as wanted (account_id, version)
  where account.slot = (wanted.account_id & 1023)::smallint and account.account_id = wanted.account_id and account.version = wanted.version
  returning account.account_id
)
select charging.meet_all(array_agg(account_id), :account_ids::bigint[]) from met
