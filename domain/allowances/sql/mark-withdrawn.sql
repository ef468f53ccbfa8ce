update allowances.allowance
set withdrawn_at = :at::timestamptz
where slot = :slot::smallint and account_id = :account_id::bigint and order_id = :order_id::bigint and item_no = :item_no::smallint
  and withdrawn_at is null
