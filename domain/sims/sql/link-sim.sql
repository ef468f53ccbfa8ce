update sims.sim set slot = :slot, account_id = :account_id, line_id = :line_id, linked_at = :at
where iccid = :iccid and line_id is null
returning iccid
