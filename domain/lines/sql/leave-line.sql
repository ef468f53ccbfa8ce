update lines.line set state = 'lost', state_since = :at, due_at = null, moved_at = :at
where slot = :slot and account_id = :account_id and line_id = :line_id
