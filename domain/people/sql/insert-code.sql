insert into people.code (request_hash, purpose, kind, value, holder, person_id, subject, code_mark, made_at, expires_at)
values (:request_hash, :purpose, :kind, :value, :holder, :person_id, :subject::jsonb, :code_mark, :at, :expires_at)
