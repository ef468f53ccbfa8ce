update sims.sim set slot = :to_slot, account_id = :to_account_id, line_id = :to_line_id
where slot = :slot and account_id = :account_id and line_id = :line_id
