select 1 as added from graphile_worker.add_job(:task, :payload::json, job_key => :job_key, max_attempts => 25, priority => :priority)
