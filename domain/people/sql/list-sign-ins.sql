select sign_in_id, person_id, way, device, source, created_at, seen_at, proved_at
from people.sign_in
where person_id = :person_id and ended_at is null and seen_at > :idle_since and created_at > :born_since
order by seen_at desc, sign_in_id desc
