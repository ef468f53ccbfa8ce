delete from people.passkey where person_id = :person_id returning label
