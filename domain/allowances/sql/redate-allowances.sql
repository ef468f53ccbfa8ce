update allowances.allowance
set valid_from = :valid_from::timestamptz, valid_until = :valid_until::timestamptz
where slot = :slot::smallint and account_id = :account_id::bigint and order_id = :order_id::bigint and item_no = :item_no::smallint
  and withdrawn_at is null
  -- What has begun keeps its dates.
  and valid_from > :at::timestamptz
  and (:starts::text is null or starts = :starts::text)
  and (valid_from, valid_until) is distinct from (:valid_from::timestamptz, :valid_until::timestamptz)
returning allowance_id
