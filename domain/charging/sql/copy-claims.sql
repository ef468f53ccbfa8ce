copy charging.session_claim (peer, reference, slot, account_id, line_id, session_id) from stdin (format binary)
