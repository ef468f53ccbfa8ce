update people.sign_in set ended_at = :at
where person_id = :person_id and sign_in_id = :sign_in_id and ended_at is null
returning device
