select slot, account_id, person_id, role, since from people.member where slot = :slot and account_id = :account_id order by since, person_id
