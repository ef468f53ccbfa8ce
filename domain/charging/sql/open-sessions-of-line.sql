select slot, account_id, session_id, line_id, began_on, peer, reference, notify, kind, visited_network, destination, state, last_number, groups,
  began_at, last_at, check_at, ended_at, end_reason
from charging.session
where slot = :slot::smallint and account_id = :account_id::bigint and line_id = :line_id::bigint and state = 'open'
order by began_at
