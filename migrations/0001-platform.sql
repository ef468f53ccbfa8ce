-- What every folder stands on: two roles, the slot rule, the movable business clock, the outbox.
-- Tables belong to everline_owner; the program does SET ROLE everline_app, which may not UPDATE or DELETE what is append-only.
-- `migrate` creates the roles before this runs, where it may (docs/decisions/0004-roles.md).

-- `slot` is the hash slot an id carries, id & 1023 (slotOf in platform/ids). Where ids are born a CHECK holds it; elsewhere
-- platform/database does, for every statement that takes both (docs/decisions/0008-slots-are-asserted.md).

-- Business time = real time + offset. One row. It never goes back; production leaves it at zero.
create schema clock;
create table clock.business (
  only_row boolean primary key default true check (only_row),
  offset_ms bigint not null default 0 check (offset_ms >= 0)
);
insert into clock.business default values;

-- What this installation is: one's own operator, or the demonstration (simulators, outbox page and movable clock exist there only).
create schema installation;
create table installation.kind (
  only_row boolean primary key default true check (only_row),
  kind text not null check (kind in ('own', 'demonstration')),
  seeded_at timestamptz
);

-- A cause writes its events in its own transaction; a relay hands each to its consumers, and each applies it once.
create schema outbox;
create table outbox.event (
  slot smallint not null,
  account_id bigint not null,
  event_id bigint not null,
  kind text not null,
  payload json not null,
  at timestamptz not null,
  relayed_at timestamptz,
  primary key (slot, account_id, event_id)
);
create index event_waiting on outbox.event (event_id) where relayed_at is null;

create table outbox.applied (
  slot smallint not null,
  account_id bigint not null,
  event_id bigint not null,
  consumer text not null,
  applied_at timestamptz not null,
  primary key (slot, account_id, event_id, consumer)
);

grant usage on schema clock, installation, outbox to everline_app;
grant select, update on clock.business to everline_app;
grant select, insert, update on installation.kind to everline_app;
grant select, insert, update, delete on outbox.event to everline_app;
grant select, insert on outbox.applied to everline_app;
