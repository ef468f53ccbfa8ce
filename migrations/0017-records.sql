-- The audit trail of what is of no one account: brand, markets, what is sold (S4). A reference table, append-only.
create table records.house_entry (
  entry_id bigint primary key,
  actor text not null,
  action text not null,
  subject text not null,
  reason text not null,
  before jsonb,
  after jsonb,
  at timestamptz not null
);

grant select, insert on records.house_entry to everline_app;
