select person_id from people.member where slot = :slot and account_id = :account_id and role = 'owner' order by since, person_id limit 1
