-- Of sessions that began on one day. By the index on time, which of an account never goes back; of one instant, by step.
select wanted.session_id, last.step, last.session_after
from unnest(:account_ids::bigint[], :session_ids::bigint[]) as wanted (account_id, session_id)
cross join lateral (
  select step, session_after
  from charging.request
  where slot = (wanted.account_id & 1023)::smallint and account_id = wanted.account_id and session_id = wanted.session_id
    and began_on = :began_on::date
  order by effective_at desc, step desc
  limit 1
) as last
