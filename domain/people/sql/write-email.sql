update people.person set email = :value where slot = :slot and person_id = :person_id
