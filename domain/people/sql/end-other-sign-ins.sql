update people.sign_in set ended_at = :at
where person_id = :person_id and sign_in_id <> :kept and ended_at is null
returning device
