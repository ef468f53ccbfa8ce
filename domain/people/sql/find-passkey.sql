select credential_id, slot, person_id, passkey_id, public_key, counter, transports, synced, label, created_at, used_at
from people.passkey
where credential_id = :credential_id
