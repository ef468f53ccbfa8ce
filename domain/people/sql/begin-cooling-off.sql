update people.person set cooling_off_until = :until where slot = :slot and person_id = :person_id
