insert into allowances.allowance (
  slot, account_id, allowance_id, line_id, order_id, item_no, part_no, product_code, product_version, market,
  service, zone, zero_rated, granted, full_speed_cap, valid_from, valid_until, starts, created_at
)
select
  :slot::smallint, :account_id::bigint, part.allowance_id, part.line_id, :order_id::bigint, :item_no::smallint, part.part_no,
  :product_code::text, :product_version::integer, :market::text,
  part.service, part.zone, part.zero_rated, part.granted, part.full_speed_cap,
  :valid_from::timestamptz, :valid_until::timestamptz, :starts::text, :created_at::timestamptz
from unnest(
  :part_nos::smallint[], :allowance_ids::bigint[], :line_ids::bigint[], :services::text[], :zones::text[], :zero_rateds::boolean[],
  :granteds::bigint[], :full_speed_caps::bigint[]
) as part (part_no, allowance_id, line_id, service, zone, zero_rated, granted, full_speed_cap)
-- Delivery is exactly once: whoever delivers the same item again finds it delivered.
on conflict (slot, account_id, order_id, item_no, part_no) do nothing
