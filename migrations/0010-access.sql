-- Look-up budgets: how often one source, and all together, may ask about numbers in a window of transport time (ID-6).
create schema access;

create table access.look_up (
  budget text not null,
  window_started_at timestamptz not null,
  spent integer not null,
  primary key (budget, window_started_at)
);

grant usage on schema access to everline_app;
grant select, insert, update, delete on access.look_up to everline_app;
