delete from policy.watch_claim where peer = :peer and reference = :reference
