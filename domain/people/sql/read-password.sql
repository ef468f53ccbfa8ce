select cost, block_size, parallelization, salt, hash, changed_at from people.password where slot = :slot and person_id = :person_id
