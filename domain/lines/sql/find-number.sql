select slot, account_id, line_id, claim_count from lines.number where number = :number
