insert into people.sign_in (token_hash, person_id, created_at) values (:token_hash, :person_id, :at)
