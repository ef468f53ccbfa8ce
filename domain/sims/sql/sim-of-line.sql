select iccid, imsi from sims.sim where slot = :slot and account_id = :account_id and line_id = :line_id
