select slot from people.person where slot = :slot and person_id = :person_id for update
