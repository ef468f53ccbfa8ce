select slot, account_id, session_id, line_id, last_at, began_at, check_at
from charging.session
where state = 'open' and check_at <= :at::timestamptz
order by check_at
limit :limit_rows
