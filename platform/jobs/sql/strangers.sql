-- Who holds jobs for longer than the living go without a beat, and beats not at all.
select distinct locked_by as worker_id
from graphile_worker.jobs job
where locked_at < :before and not exists (select from jobs.worker where worker_id = job.locked_by)
