-- What one line has had of allowances: reported, asked for by the network, and held by its open sessions.
select allowance_id, sum(used)::bigint as used, sum(reserved)::bigint as reserved
from (
  select pair.allowance_id, pair.quantity as used, 0 as reserved
  from allowances.use, unnest(allowance_ids, quantities) as pair (allowance_id, quantity)
  where slot = :slot::smallint and account_id = :account_id::bigint and line_id = :line_id::bigint and effective_at >= :since::timestamptz
  union all
  select pair.allowance_id, pair.quantity, 0
  from charging.request, unnest(allowance_ids, quantities) as pair (allowance_id, quantity)
  where slot = :slot::smallint and account_id = :account_id::bigint and line_id = :line_id::bigint and effective_at >= :since::timestamptz
  union all
  select (pair ->> 0)::bigint, 0, (pair ->> 1)::bigint
  from charging.open_session, json_array_elements(groups) as one, json_array_elements(one -> 4) as pair
  where slot = :slot::smallint and account_id = :account_id::bigint and line_id = :line_id::bigint
) as posting
where allowance_id = any(:allowance_ids::bigint[])
group by allowance_id
order by allowance_id
