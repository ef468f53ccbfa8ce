update lines.purchase_opening set open_until = :at::timestamptz
where slot = :slot::smallint and account_id = :account_id::bigint and line_id = :line_id::bigint and open_until > :at::timestamptz
