update people.person set name = :name, language = :language where slot = :slot and person_id = :person_id
