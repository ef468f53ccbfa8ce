select
  slot, account_id, allowance_id, line_id, order_id, item_no, part_no, product_code, product_version, market,
  service, zone, zero_rated, granted, full_speed_cap, used, reserved, forfeited, valid_from, valid_until, starts, withdrawn_at, created_at,
  case when line_id is null and not zero_rated then allowances.shares_of(slot, account_id, allowance_id, service) end as shares
from allowances.allowance
where slot = :slot::smallint and account_id = :account_id::bigint and valid_until > :at::timestamptz
  and withdrawn_at is null
  and (:line_id::bigint is null or line_id is null or line_id = :line_id::bigint)
order by allowance_id
