copy charging.session (
  slot, account_id, session_id, line_id, began_on, peer, reference, notify, kind, visited_network, destination, state, last_number, groups,
  began_at, last_at, check_at, ended_at, end_reason
) from stdin (format binary)
