-- What a session holds of that cannot be used any more, however long ago it ended.
select
  account_id, allowance_id, line_id, service, zone, zero_rated, granted, full_speed_cap, used, reserved, forfeited, valid_from, valid_until,
  withdrawn_at, created_at,
  case when line_id is null and not zero_rated then allowances.shares_of(slot, account_id, allowance_id, service) end as shares
from allowances.allowance
where slot = :slot::smallint and account_id = :account_id::bigint and allowance_id = any(:allowance_ids::bigint[])
  and (valid_until <= :at::timestamptz or withdrawn_at is not null)
