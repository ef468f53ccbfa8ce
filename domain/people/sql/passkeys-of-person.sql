select credential_id, slot, person_id, passkey_id, public_key, counter, transports, synced, label, created_at, used_at
from people.passkey
where person_id = :person_id
order by passkey_id
