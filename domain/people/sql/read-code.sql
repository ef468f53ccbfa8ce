select purpose, kind, value, holder, person_id, subject, code_mark, tries, expires_at, used_at
from people.code
where request_hash = :request_hash
