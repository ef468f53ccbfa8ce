update people.person set number = :value where slot = :slot and person_id = :person_id
