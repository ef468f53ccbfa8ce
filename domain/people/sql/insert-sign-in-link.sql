insert into people.sign_in_link (token_hash, person_id, expires_at) values (:token_hash, :person_id, :expires_at)
