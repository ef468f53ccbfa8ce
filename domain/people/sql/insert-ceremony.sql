insert into people.ceremony (challenge_hash, purpose, person_id, expires_at) values (:challenge_hash, :purpose, :person_id, :expires_at)
