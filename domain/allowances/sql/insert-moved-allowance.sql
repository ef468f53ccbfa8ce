-- A part that comes back to an account it was granted in takes the next free number there.
insert into allowances.allowance (
  slot, account_id, allowance_id, line_id, order_id, item_no, part_no, product_code, product_version, market,
  service, zone, zero_rated, granted, full_speed_cap, valid_from, valid_until, starts, created_at
)
select
  :slot::smallint, :account_id::bigint, :allowance_id::bigint, :line_id::bigint, :order_id::bigint, :item_no::smallint,
  coalesce(max(there.part_no) + 1, 0)::smallint,
  :product_code::text, :product_version::integer, :market::text, :service::text, :zone::text, :zero_rated::boolean, :granted::bigint,
  :full_speed_cap::bigint, :valid_from::timestamptz, :valid_until::timestamptz, :starts::text, :created_at::timestamptz
from allowances.allowance as there
where there.slot = :slot::smallint and there.account_id = :account_id::bigint and there.order_id = :order_id::bigint
  and there.item_no = :item_no::smallint
