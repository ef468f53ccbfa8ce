-- What orders want paid, the tries to get it, what was given back, and who may be charged again. All instants here are
-- transport time (platform/clock).
create schema payments;

-- One intent an order. Its row is what use cases here lock, after the account's.
create table payments.intent (
  slot smallint not null,
  account_id bigint not null,
  intent_id bigint not null,
  order_id bigint not null,
  person_id bigint,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  opened_at timestamptz not null,
  primary key (slot, account_id, intent_id),
  constraint one_intent_per_order unique (slot, account_id, order_id)
);

create table payments.attempt (
  slot smallint not null,
  account_id bigint not null,
  attempt_id bigint not null,
  intent_id bigint not null,
  order_id bigint not null,
  person_id bigint,
  provider text not null,
  key text not null,
  way text not null,
  choice text,
  save_method boolean not null,
  saved_method_id bigint,
  method_reference text,
  currency char(3) not null,
  amount_minor bigint not null,
  state text not null,
  -- The provider's own ids, as far as known.
  customer_reference text,
  page_reference text,
  payment_reference text,
  page_url text,
  authentication_url text,
  page_expires_at timestamptz,
  decline_reason text,
  captured_currency char(3),
  captured_minor bigint,
  -- What of it is being or was refunded, and what is or was lost to a dispute: running rows of both.
  refunding_minor bigint not null default 0,
  disputed_minor bigint not null default 0,
  method_kind text,
  method_brand text,
  -- Too short for a card's number, whoever writes it.
  method_last4 varchar(4),
  method_expires varchar(7),
  started_at timestamptz not null,
  ended_at timestamptz,
  superseded_at timestamptz,
  ask_at timestamptz,
  primary key (slot, account_id, attempt_id),
  -- Also how an order's attempts are found; an order has one intent.
  constraint one_attempt_per_key unique (slot, account_id, order_id, key),
  -- P3: what is given back never exceeds what was taken.
  constraint refunds_within_captured check (refunding_minor <= coalesce(captured_minor, 0)),
  -- Each CHECK costs some µs a statement, and more the longer it is written (docs/speed.md): these say it once.
  check (least(amount_minor - 1, captured_minor, refunding_minor, disputed_minor) >= 0),
  check (case way when 'saved' then method_reference is not null when 'page' then method_reference is null else false end),
  constraint captured_when_succeeded check (
    case when captured_minor is null then captured_currency is null and state <> 'succeeded'
    else captured_currency is not null and payment_reference is not null and state = 'succeeded' end
  ),
  constraint asked_until_ended check (
    case when ended_at is null then ask_at is not null and state in ('started', 'pending', 'unknown')
    else ask_at is null and state in ('succeeded', 'declined', 'not_attempted') end
  )
) with (fillfactor = 70);
-- A customer who pays twice at once does so knowingly: one live attempt an order, unless superseded.
create unique index one_live_attempt on payments.attempt (slot, account_id, order_id)
  where state in ('started', 'pending', 'unknown') and superseded_at is null;
create index attempt_by_id on payments.attempt (slot, attempt_id);
create index attempt_to_ask on payments.attempt (ask_at) where ask_at is not null;

create table payments.refund (
  slot smallint not null,
  account_id bigint not null,
  refund_id bigint not null,
  attempt_id bigint not null,
  intent_id bigint not null,
  order_id bigint not null,
  provider text not null,
  key text not null,
  reason text not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  state text not null check (state in ('started', 'pending', 'unknown', 'succeeded', 'failed')),
  payment_reference text not null,
  refund_reference text,
  failure text,
  -- A refund that came to nothing is tried again under a new idempotency key.
  try_no integer not null default 1 check (try_no > 0),
  try_started_at timestamptz not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  ask_at timestamptz,
  primary key (slot, account_id, refund_id),
  constraint one_refund_per_key unique (slot, account_id, attempt_id, key),
  check ((state in ('started', 'pending', 'unknown')) = (ended_at is null)),
  check ((state in ('started', 'pending', 'unknown')) = (ask_at is not null)),
  check ((state = 'failed') = (failure is not null))
);
create index refund_of_order on payments.refund (slot, account_id, order_id);
create index refund_by_id on payments.refund (slot, refund_id);
create index refund_to_ask on payments.refund (ask_at) where ask_at is not null;

-- Chargebacks. Opened, then won or lost; the provider may tell of the end first.
create table payments.dispute (
  slot smallint not null,
  account_id bigint not null,
  attempt_id bigint not null,
  order_id bigint not null,
  dispute_reference text not null,
  state text not null check (state in ('opened', 'won', 'lost')),
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor >= 0),
  reason text not null,
  opened_at timestamptz not null,
  ended_at timestamptz,
  primary key (slot, account_id, attempt_id, dispute_reference),
  check ((state = 'opened') = (ended_at is null))
);

-- Saved methods and the customer they belong to at the provider are a person's, whichever account is paid for.
create table payments.saved_method (
  slot smallint not null,
  person_id bigint not null,
  saved_method_id bigint not null,
  provider text not null,
  reference text not null,
  customer_reference text not null,
  kind text not null,
  brand text,
  last4 text check (last4 ~ '^[0-9A-Za-z]{1,4}$'),
  expires text check (expires ~ '^[0-9]{4}-[0-9]{2}$'),
  saved_at timestamptz not null,
  forgotten_at timestamptz,
  primary key (slot, person_id, saved_method_id),
  constraint one_saved_method_per_reference unique (slot, person_id, provider, reference)
);

create table payments.person_customer (
  slot smallint not null,
  person_id bigint not null,
  provider text not null,
  customer_reference text not null,
  primary key (slot, person_id, provider)
);

-- Identifiers the provider mints, each claimed here and giving where it belongs: payments, and events (webhooks).
create table payments.provider_payment (
  provider text not null,
  payment_reference text not null,
  slot smallint not null,
  account_id bigint not null,
  attempt_id bigint not null,
  primary key (provider, payment_reference)
);

create table payments.provider_event (
  provider text not null,
  event_reference text not null,
  slot smallint not null,
  account_id bigint not null,
  claimed_at timestamptz not null,
  primary key (provider, event_reference)
);

grant usage on schema payments to everline_app;
grant select, insert, update on payments.intent, payments.attempt, payments.refund, payments.dispute to everline_app;
grant select, insert, update, delete on payments.saved_method, payments.person_customer to everline_app;
grant select, insert on payments.provider_payment, payments.provider_event to everline_app;
