with posted as (
  select account_id, allowance_id, sum(used) as used, sum(forfeited) as forfeited
  from (
    select use.account_id, pair.allowance_id, pair.quantity as used, 0 as forfeited
    from allowances.use, unnest(use.allowance_ids, use.quantities) as pair (allowance_id, quantity)
    where use.slot = :slot::smallint and (:account_id::bigint is null or use.account_id = :account_id::bigint)
    union all
    select account_id, allowance_id, 0, quantity
    from allowances.forfeit
    where slot = :slot::smallint and (:account_id::bigint is null or account_id = :account_id::bigint)
  ) as posting
  group by account_id, allowance_id
), running as (
  -- What the network asked for is posted by charging, and reconciled there.
  select account_id, allowance_id, used - charged as used, forfeited
  from allowances.allowance
  where slot = :slot::smallint and (:account_id::bigint is null or account_id = :account_id::bigint)
)
select
  :slot::smallint as slot, account_id, allowance_id,
  coalesce(running.used, 0) as used, coalesce(posted.used, 0)::bigint as posted_use,
  coalesce(running.forfeited, 0) as forfeited, coalesce(posted.forfeited, 0)::bigint as posted_forfeits
from running full join posted using (account_id, allowance_id)
where coalesce(running.used, 0) <> coalesce(posted.used, 0) or coalesce(running.forfeited, 0) <> coalesce(posted.forfeited, 0)
order by account_id, allowance_id
