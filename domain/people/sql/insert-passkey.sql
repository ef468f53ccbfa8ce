insert into people.passkey
  (credential_id, slot, person_id, passkey_id, public_key, counter, transports, synced, label, created_at)
values
  (:credential_id, :slot, :person_id, :passkey_id, :public_key, :counter, :transports::text[], :synced, :label, :at)
on conflict (credential_id) do nothing
returning passkey_id
