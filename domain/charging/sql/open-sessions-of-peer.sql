select slot, account_id, session_id
from charging.session
where state = 'open' and peer = :peer::text and began_at < :before::timestamptz
limit :limit_rows
