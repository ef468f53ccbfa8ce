update people.sign_in set proved_at = :at where sign_in_id = :sign_in_id and ended_at is null
