select graphile_worker.force_unlock_workers(:worker_ids::text[])
