delete from people.passkey where person_id = :person_id and passkey_id = :passkey_id returning label
