delete from allowances.line_cap
where slot = :slot::smallint and account_id = :account_id::bigint and line_id = :line_id::bigint and service = 'data'
