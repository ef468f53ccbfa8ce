insert into people.password (slot, person_id, cost, block_size, parallelization, salt, hash, changed_at)
values (:slot, :person_id, :cost, :block_size, :parallelization, :salt, :hash, :at)
on conflict (slot, person_id) do update
set cost = excluded.cost, block_size = excluded.block_size, parallelization = excluded.parallelization,
  salt = excluded.salt, hash = excluded.hash, changed_at = excluded.changed_at
