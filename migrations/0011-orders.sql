-- Orders: what was quoted, what was ordered and in which terms, its receipt and credit notes.
create schema orders;

-- Types, not CHECKs: a CHECK is read and compiled anew for every statement that writes the table (docs/speed.md).
create type orders.order_state as enum ('placed', 'applied', 'delivered', 'cancelled', 'refunding', 'refunded');
create type orders.tender as enum ('balance', 'provider');
create type orders.document_kind as enum ('receipt', 'credit_note');

-- A quote keeps the terms it was made under until it is ordered or forgotten. The order made from it takes over its id
-- and token, so that one quote is at most one order, and one link serves review and order. What was sold, under which
-- terms, for how much stays here, once: the order's row is small and changes often, its content is large and never does.
create table orders.quote (
  slot smallint not null,
  account_id bigint not null,
  quote_id bigint not null,
  line_id bigint not null,
  token text not null,
  content json not null,
  expires_at timestamptz not null,
  primary key (slot, account_id, quote_id)
);

create table orders.order (
  slot smallint not null,
  account_id bigint not null,
  order_id bigint not null,
  line_id bigint not null,
  -- Idempotency: a key is unique per caller; the same key with other content is refused.
  caller text not null,
  key text not null,
  content_hash bytea not null,
  token text not null,
  state orders.order_state not null,
  tender orders.tender not null,
  person_id bigint,
  language text not null,
  email text,
  currency char(3) not null,
  total_minor bigint not null,
  -- What settling did to the line, kept so that a refund can undo it.
  effect json,
  -- Why it ended without effect, or was given back.
  reason text,
  -- The attempt whose capture it took effect for: any other capture is given back.
  paid_by_attempt_id bigint,
  -- Business time: when it was placed, and when it took effect.
  placed_at timestamptz not null,
  effective_at timestamptz,
  -- Transport time: the stages whose seconds the order page shows (FX-2).
  began_at timestamptz not null,
  paid_at timestamptz,
  applied_at timestamptz,
  delivered_at timestamptz,
  ended_at timestamptz,
  -- Transport time at which the janitor looks at it again: an order nobody pays is cancelled, a held balance settled.
  look_at timestamptz,
  primary key (slot, account_id, order_id),
  constraint one_order_per_key unique (slot, account_id, caller, key),
  check (total_minor >= 0),
  constraint applied_says_when check (applied_at is not null or state not in ('applied', 'delivered'))
) with (fillfactor = 70);
create index order_to_look_at on orders.order (look_at) where look_at is not null;

-- Receipts and credit notes are numbered per market and slot, without gaps, each kind in a series of its own.
create table orders.document_counter (
  slot smallint not null,
  market text not null,
  kind orders.document_kind not null,
  last_number bigint not null check (last_number > 0),
  primary key (slot, market, kind)
);

create table orders.document (
  slot smallint not null,
  account_id bigint not null,
  order_id bigint not null,
  -- Empty for the receipt; the refund's key for a credit note.
  key text not null,
  market text not null,
  kind orders.document_kind not null,
  number bigint not null,
  content json not null,
  issued_at timestamptz not null,
  primary key (slot, account_id, order_id, kind, key)
);
create unique index document_by_number on orders.document (slot, market, kind, number);

grant usage on schema orders to everline_app;
grant select, insert, delete on orders.quote to everline_app;
grant select, insert, update on orders.order, orders.document_counter to everline_app;
grant select, insert on orders.document to everline_app;
