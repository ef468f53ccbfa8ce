-- What has ended while sessions still hold of it: they end within 30 days.
select
  account_id, allowance_id, line_id, service, zone, zero_rated, granted, full_speed_cap, used, reserved, forfeited, valid_from, valid_until,
  withdrawn_at, created_at
from allowances.allowance
where slot = :slot::smallint and account_id = :account_id::bigint
  and valid_until > :at::timestamptz - interval '31 days' and reserved > 0 and (valid_until <= :at::timestamptz or withdrawn_at is not null)
  and (line_id is null or line_id = :line_id::bigint)
