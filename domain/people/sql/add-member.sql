insert into people.member (slot, account_id, person_id, role, since)
values (:slot, :account_id, :person_id, :role, :at)
on conflict (slot, account_id, person_id) do update set role = excluded.role
