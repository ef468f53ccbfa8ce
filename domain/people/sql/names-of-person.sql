select kind, value, slot, person_id, holder, proven_at from people.sign_in_name where person_id = :person_id order by kind, value
