delete from people.member where slot = :slot and account_id = :account_id and person_id = :person_id returning role
