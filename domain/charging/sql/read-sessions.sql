select session.slot, session.account_id, session.session_id, line_id, began_on, peer, reference, notify, kind, visited_network, destination, state,
  last_number, groups, began_at, last_at, check_at, ended_at, end_reason
from unnest(:slots::smallint[], :account_ids::bigint[], :session_ids::bigint[]) as wanted (slot, account_id, session_id)
join charging.session as session using (slot, account_id, session_id)
