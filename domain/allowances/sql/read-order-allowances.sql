select
  slot, account_id, allowance_id, line_id, order_id, item_no, part_no, product_code, product_version, market,
  service, zone, zero_rated, granted, full_speed_cap, used, reserved, forfeited, valid_from, valid_until, starts, withdrawn_at, created_at,
  case when line_id is null and not zero_rated then allowances.shares_of(slot, account_id, allowance_id, service) end as shares
from allowances.allowance
where slot = :slot::smallint and account_id = :account_id::bigint and order_id = :order_id::bigint and item_no = :item_no::smallint
order by part_no
