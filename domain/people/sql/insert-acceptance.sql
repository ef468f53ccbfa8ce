insert into people.acceptance (slot, person_id, market, version, accepted_at) values (:slot, :person_id, :market, :version, :at)
on conflict do nothing
