select cooling_off_until from people.person where slot = :slot and person_id = :person_id
