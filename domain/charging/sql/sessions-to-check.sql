select slot, account_id, session_id
from charging.session
where state = 'open' and check_at <= :at::timestamptz
order by check_at
limit :limit_rows
