select person_id from people.sign_in where token_hash = :token_hash and ended_at is null
