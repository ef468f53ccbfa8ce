-- SIM cards and profiles: ICCID, IMSI and activation code, each unique for itself; which line one serves.
create schema sims;

create table sims.sim (
  iccid text primary key,
  imsi text not null unique,
  activation_code_hash bytea unique,
  slot smallint,
  account_id bigint,
  line_id bigint,
  linked_at timestamptz,
  check ((line_id is null) = (account_id is null) and (line_id is null) = (slot is null)),
  check (account_id is null or slot = (account_id & 1023))
);
create index sim_of_line on sims.sim (slot, account_id, line_id) where line_id is not null;

grant usage on schema sims to everline_app;
grant select, insert, update on sims.sim to everline_app;
