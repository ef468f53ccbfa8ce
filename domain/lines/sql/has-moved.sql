select moved_at is not null as moved from lines.line where slot = :slot and account_id = :account_id and line_id = :line_id
