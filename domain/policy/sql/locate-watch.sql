select slot, account_id, watch_id from policy.watch_claim where peer = :peer and reference = :reference
