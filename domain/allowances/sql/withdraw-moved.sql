update allowances.allowance
set withdrawn_at = :at::timestamptz
where slot = :slot::smallint and account_id = :account_id::bigint and allowance_id = any(:allowance_ids::bigint[])
