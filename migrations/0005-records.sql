-- The audit trail (S4): every change of money, identity or settings, with who, why, when, before and after. Append-only.
create schema records;

create table records.entry (
  slot smallint not null,
  account_id bigint not null,
  entry_id bigint not null,
  actor text not null,
  action text not null,
  subject text not null,
  reason text,
  before json,
  after json,
  at timestamptz not null,
  primary key (slot, account_id, entry_id)
);

grant usage on schema records to everline_app;
grant select, insert on records.entry to everline_app;
