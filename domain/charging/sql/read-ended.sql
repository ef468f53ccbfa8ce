select slot, account_id, session_id, line_id, peer, reference, notify, kind, end_reason as reason
from charging.session
where slot = :slot and account_id = :account_id and session_id = :session_id and state = 'closed'
