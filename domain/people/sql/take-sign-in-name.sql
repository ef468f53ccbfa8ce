update people.sign_in_name set slot = :slot, person_id = :person_id, holder = :holder, proven_at = :at
where kind = :kind and value = :value
