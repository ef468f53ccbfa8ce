select slot, account_id, session_id, peer, reference, notify, kind, groups, began_at, last_at
from charging.session
where slot = :slot::smallint and account_id = :account_id::bigint and state = 'open'
order by began_at
