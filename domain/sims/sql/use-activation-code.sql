update sims.sim set activation_used_at = :at
where activation_code_hash = :activation_code_hash and activation_used_at is null and line_id is not null
returning slot, account_id, line_id
