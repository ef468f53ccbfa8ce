delete from policy.watch where slot = :slot and account_id = :account_id and watch_id = :watch_id
