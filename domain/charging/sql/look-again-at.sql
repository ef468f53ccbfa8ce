update charging.session
set check_at = :check_at::timestamptz
where slot = :slot::smallint and account_id = :account_id::bigint and session_id = :session_id::bigint and state = 'open'
