-- What can be used, and what has ended while a session still holds of it: sessions end within 30 days.
select
  one.account_id, allowance_id, one.line_id, service, zone, zero_rated, granted, full_speed_cap, used, reserved, forfeited,
  valid_from, valid_until, withdrawn_at, created_at,
  case when one.line_id is null and not zero_rated then allowances.shares_of(one.slot, one.account_id, allowance_id, service) end as shares
from unnest(:slots::smallint[], :account_ids::bigint[]) as wanted (slot, account_id)
join allowances.allowance as one on one.slot = wanted.slot and one.account_id = wanted.account_id
where one.valid_until > :at::timestamptz - interval '31 days'
  and (one.valid_until > :at::timestamptz and one.withdrawn_at is null or one.reserved > 0)
