select slot, account_id, line_id from sims.sim where imsi = :imsi and line_id is not null
