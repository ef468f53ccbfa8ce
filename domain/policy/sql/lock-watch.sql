select watch_id from policy.watch where slot = :slot and account_id = :account_id and watch_id = :watch_id for update
