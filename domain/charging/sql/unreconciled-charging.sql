-- Of all slots, or of one. What requests posted, those too that are only carried forward, against what allowances say was charged, and what open sessions hold against what is reserved.
with posted as (
  select request.slot, request.account_id, pair.allowance_id, sum(pair.quantity) as charged, 0::numeric as held
  from charging.request, unnest(request.allowance_ids, request.quantities) as pair (allowance_id, quantity)
  where :slot::smallint is null or request.slot = :slot::smallint
  group by request.slot, request.account_id, pair.allowance_id
  union all
  select carried.slot, carried.account_id, pair.allowance_id, sum(pair.quantity), 0
  from charging.carried, unnest(carried.allowance_ids, carried.quantities) as pair (allowance_id, quantity)
  where :slot::smallint is null or carried.slot = :slot::smallint
  group by carried.slot, carried.account_id, pair.allowance_id
  union all
  select session.slot, session.account_id, (pair ->> 0)::bigint, 0, sum((pair ->> 1)::bigint)
  from charging.open_session as session, json_array_elements(session.groups) as one, json_array_elements(one -> 4) as pair
  where :slot::smallint is null or session.slot = :slot::smallint
  group by session.slot, session.account_id, (pair ->> 0)::bigint
), summed as (
  select slot, account_id, allowance_id, sum(charged) as charged, sum(held) as held from posted group by slot, account_id, allowance_id
), running as (
  select slot, account_id, allowance_id, charged, reserved from allowances.allowance
  where :slot::smallint is null or slot = :slot::smallint
)
select
  slot, account_id, allowance_id,
  coalesce(running.charged, 0) as charged, coalesce(summed.charged, 0)::bigint as posted,
  coalesce(running.reserved, 0) as reserved, coalesce(summed.held, 0)::bigint as held
from running full join summed using (slot, account_id, allowance_id)
where coalesce(running.charged, 0) <> coalesce(summed.charged, 0) or coalesce(running.reserved, 0) <> coalesce(summed.held, 0)
order by account_id, allowance_id
