-- What can be used, and what has ended while a session still holds of it: sessions end within 30 days. `voice` and what
-- begins with it: calls abroad are a service of their own.
select
  one.account_id, allowance_id, one.line_id, service, zone, zero_rated, granted, full_speed_cap, used, reserved, forfeited,
  valid_from, valid_until, withdrawn_at, created_at
from unnest(:slots::smallint[], :account_ids::bigint[], :line_ids::bigint[], :kinds::text[], :ats::timestamptz[])
  as wanted (slot, account_id, line_id, kind, at)
join allowances.allowance as one on one.slot = wanted.slot and one.account_id = wanted.account_id
where one.valid_until > wanted.at - interval '31 days'
  and (one.valid_until > wanted.at and one.withdrawn_at is null or one.reserved > 0)
  and (one.line_id is null or one.line_id = wanted.line_id)
  and starts_with(one.service, wanted.kind)
