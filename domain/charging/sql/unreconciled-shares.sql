-- Of capped lines, against the postings and open sessions of the line itself; what was carried forward of days that are gone knows no lines,
-- so that where some was, the share may be more by that much.
with running as (
  select share.slot, share.account_id, share.allowance_id, share.line_id, share.used, share.reserved,
    one.used as used_of_all, one.reserved as reserved_of_all
  from allowances.line_share as share
  join allowances.allowance as one using (slot, account_id, allowance_id)
)
select slot, account_id, allowance_id, line_id, running.used, posted.used as posted, running.reserved, held.reserved as held
from running
cross join lateral (
  select coalesce(sum(quantity), 0)::bigint as used
  from (
    select pair.quantity
    from allowances.use, unnest(use.allowance_ids, use.quantities) as pair (allowance_id, quantity)
    where use.slot = running.slot and use.account_id = running.account_id and use.line_id = running.line_id
      and pair.allowance_id = running.allowance_id
    union all
    select pair.quantity
    from charging.request, unnest(request.allowance_ids, request.quantities) as pair (allowance_id, quantity)
    where request.slot = running.slot and request.account_id = running.account_id and request.line_id = running.line_id
      and pair.allowance_id = running.allowance_id
  ) as posting
) as posted
cross join lateral (
  select coalesce(sum(pair.quantity), 0)::bigint as used
  from charging.carried, unnest(carried.allowance_ids, carried.quantities) as pair (allowance_id, quantity)
  where carried.slot = running.slot and carried.account_id = running.account_id and pair.allowance_id = running.allowance_id
) as carried
cross join lateral (
  select coalesce(sum((pair ->> 1)::bigint), 0)::bigint as reserved
  from charging.open_session as session, json_array_elements(session.groups) as part, json_array_elements(part -> 4) as pair
  where session.slot = running.slot and session.account_id = running.account_id and session.line_id = running.line_id
    and (pair ->> 0)::bigint = running.allowance_id
) as held
where running.used not between posted.used and posted.used + carried.used or running.reserved <> held.reserved
  or running.used > used_of_all or running.reserved > reserved_of_all
order by account_id, allowance_id, line_id
