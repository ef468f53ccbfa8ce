insert into jobs.worker (worker_id, seen_at)
select id, :at from unnest(:worker_ids::text[]) as id
on conflict (worker_id) do update set seen_at = excluded.seen_at
