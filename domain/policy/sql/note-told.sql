update policy.watch set told = :told, look_at = :look_at, again_at = :again_at
where slot = :slot and account_id = :account_id and watch_id = :watch_id
