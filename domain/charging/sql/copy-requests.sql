copy charging.request (
  slot, account_id, session_id, key, began_on, line_id, kind, operation, number, content_hash, allowance_ids, quantities, used, free, paid,
  lost, paid_minor, items, answer, late, effective_at, recorded_at, step, session_after
) from stdin (format binary)
