-- Allowances: what is owned. Running columns for the hot path; what leaves an allowance is posted, append-only, so that
-- remaining = granted - sum of pairs - forfeited can be proved.
create schema allowances;

create function allowances.total_of(quantities bigint[]) returns bigint
  language sql immutable parallel safe strict
  return (select coalesce(sum(quantity), 0)::bigint from unnest(quantities) as quantity);

create table allowances.allowance (
  slot smallint not null,
  account_id bigint not null,
  allowance_id bigint not null,
  -- null: shared by all lines of the account.
  line_id bigint,
  order_id bigint not null,
  item_no smallint not null,
  part_no smallint not null,
  product_code text not null,
  product_version integer not null,
  market text not null,
  service text not null check (service ~ '^(data(\.[a-z0-9_-]+)*|voice|message)$'),
  zone text not null,
  zero_rated boolean not null,
  -- null: unlimited.
  granted bigint,
  -- null: all of it goes at full speed; 0: none of it.
  full_speed_cap bigint,
  used bigint not null default 0,
  reserved bigint not null default 0,
  forfeited bigint not null default 0,
  -- Usable while valid_from <= instant < valid_until.
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  starts text not null check (starts in ('at_date', 'on_exhaustion')),
  withdrawn_at timestamptz,
  created_at timestamptz not null,
  primary key (slot, account_id, allowance_id),
  constraint delivered_once unique (slot, account_id, order_id, item_no, part_no),
  check (valid_from < valid_until),
  -- Each CHECK costs some µs a statement, and more the longer it is written (docs/speed.md): nothing is below zero, in one.
  check (least(granted, full_speed_cap, used, reserved, forfeited) >= 0),
  constraint within_granted check (used + reserved + forfeited <= granted),
  constraint unlimited_is_not_forfeited check (granted is not null or forfeited = 0)
) with (fillfactor = 85);
create index allowance_by_end on allowances.allowance (slot, account_id, valid_until);
-- The account decides the slot. Not knowing it, the planner expects one row an account and reads its whole history by the
-- primary key instead of what has not ended.
create statistics allowances.account_decides_slot (dependencies) on slot, account_id from allowances.allowance;

-- One report of use and the answer it got.
create table allowances.use (
  slot smallint not null,
  account_id bigint not null,
  use_id bigint not null,
  key text not null check (length(key) between 1 and 200),
  content_hash bytea not null check (length(content_hash) = 32),
  line_id bigint not null,
  service text not null,
  zone text not null,
  quantity bigint not null check (quantity >= 0),
  allowance_ids bigint[] not null,
  quantities bigint[] not null check (0 < all (quantities)),
  full_speed bigint not null check (full_speed >= 0),
  throttled bigint not null check (throttled >= 0),
  -- Paid from money, or lost; not from an allowance.
  uncovered bigint not null check (uncovered >= 0),
  -- Of the service as a whole: null is unlimited.
  granted_before bigint,
  left_before bigint,
  speed_before text not null check (speed_before in ('full', 'throttled', 'stopped')),
  left_after bigint,
  speed_after text not null check (speed_after in ('full', 'throttled', 'stopped')),
  crossed_percent smallint[] not null,
  effective_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (slot, account_id, use_id),
  constraint reported_once unique (slot, account_id, key),
  check (cardinality(allowance_ids) = cardinality(quantities)),
  constraint use_adds_up check (quantity = full_speed + throttled + uncovered),
  constraint pairs_add_up check (allowances.total_of(quantities) = full_speed + throttled)
);
create index use_by_time on allowances.use (slot, account_id, effective_at);

-- What an allowance lost without being used.
create table allowances.forfeit (
  slot smallint not null,
  account_id bigint not null,
  forfeit_id bigint not null,
  allowance_id bigint not null,
  reason text not null check (reason in ('ended', 'refunded')),
  -- The refund that took it back.
  cause_id bigint,
  quantity bigint not null check (quantity > 0),
  effective_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (slot, account_id, forfeit_id),
  check ((reason = 'refunded') = (cause_id is not null))
);
create unique index refunded_once on allowances.forfeit (slot, account_id, allowance_id, cause_id) where reason = 'refunded';

grant usage on schema allowances to everline_app;
grant select, insert, update on allowances.allowance to everline_app;
grant select, insert on allowances.use, allowances.forfeit to everline_app;
