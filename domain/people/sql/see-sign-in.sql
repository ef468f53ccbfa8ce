update people.sign_in set seen_at = :at where token_hash = :token_hash and ended_at is null and seen_at < :at
