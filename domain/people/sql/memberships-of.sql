select slot, account_id, role from people.member where person_id = :person_id order by slot, account_id
