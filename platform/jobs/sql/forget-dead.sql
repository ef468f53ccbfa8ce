delete from jobs.worker where seen_at < :before returning worker_id
