update people.sign_in_link set used_at = :at
where token_hash = :token_hash and used_at is null and expires_at > :at
returning person_id
