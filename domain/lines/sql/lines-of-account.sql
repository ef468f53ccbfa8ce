select line_id, number from lines.line where slot = :slot and account_id = :account_id and moved_at is null order by number
