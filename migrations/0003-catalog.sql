-- What is sold, where, and under which terms. Versions are only ever added: an order keeps the terms it was sold under.
-- Reference tables: small, the same on every node, no slot.
create schema catalog;

-- Counts the changes of the catalogue. Its row is what an application of an operator file locks.
create table catalog.revision (
  only_row boolean primary key default true check (only_row),
  revision bigint not null default 0
);
insert into catalog.revision default values;

create table catalog.brand (
  only_row boolean primary key default true check (only_row),
  terms jsonb not null,
  changed_at timestamptz not null
);

-- Of the versions whose valid_from has come, the one with the highest number holds.
create table catalog.market (
  code text not null,
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  terms jsonb not null,
  added_at timestamptz not null,
  primary key (code, version)
);

-- A version without terms says that the product is withdrawn from sale from then on.
create table catalog.product (
  market text not null,
  code text not null,
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  terms jsonb,
  added_at timestamptz not null,
  primary key (market, code, version)
);

grant usage on schema catalog to everline_app;
grant select, update on catalog.revision to everline_app;
grant select, insert, update on catalog.brand to everline_app;
grant select, insert on catalog.market, catalog.product to everline_app;
