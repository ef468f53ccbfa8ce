select line_id, number from lines.line where slot = :slot and account_id = :account_id order by number
