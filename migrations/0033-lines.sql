-- That somebody is about to buy for a line: for network nodes that cannot be told when it is done, and so ask more often meanwhile.
create table lines.purchase_opening (
  slot smallint not null,
  account_id bigint not null,
  line_id bigint not null,
  -- Transport time.
  open_until timestamptz not null,
  -- UTC, and how often on that day.
  day date not null,
  openings integer not null,
  primary key (slot, account_id, line_id)
);
grant select, insert, update on lines.purchase_opening to everline_app;
