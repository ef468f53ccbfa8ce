delete from people.sign_in_name where kind = :kind and value = :value and person_id = :person_id
