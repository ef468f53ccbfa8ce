insert into people.sign_in (token_hash, person_id, sign_in_id, way, device, source, created_at, seen_at, proved_at)
values (:token_hash, :person_id, :sign_in_id, :way, :device, :source, :at, :at, :at)
