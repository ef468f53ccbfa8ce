insert into people.sign_in_name (kind, value, slot, person_id, holder, proven_at)
values (:kind, :value, :slot, :person_id, :holder, :at)
on conflict (kind, value) do nothing
returning person_id
