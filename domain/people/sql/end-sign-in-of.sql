update people.sign_in set ended_at = :at where token_hash = :token_hash and ended_at is null
