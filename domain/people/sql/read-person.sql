select person_id, name, language, email, number from people.person where slot = :slot and person_id = :person_id
