-- Heartbeats of job workers. graphile-worker keeps a killed worker's jobs locked for hours; whoever lives unlocks the dead.
create schema jobs;

create table jobs.worker (
  worker_id text primary key,
  seen_at timestamptz not null
);

grant usage on schema jobs to everline_app;
grant select, insert, update, delete on jobs.worker to everline_app;
