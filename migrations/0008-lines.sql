-- Lines: a number with a plan, its lifecycle, and the plans that wait to follow the present one.
create schema lines;

-- A type, not a CHECK: a CHECK is read and compiled anew for every statement that writes the table (docs/speed.md).
create type lines.line_state as enum ('pending', 'active', 'throttled', 'stopped', 'expired', 'suspended', 'parked', 'lost');

-- A number belongs to one line at a time; claimed here first. The claim count tells a moved number from the same one.
create table lines.number (
  number text primary key,
  slot smallint not null,
  account_id bigint not null,
  line_id bigint not null,
  claim_count bigint not null default 1,
  claimed_at timestamptz not null,
  check (slot = (account_id & 1023))
);

create table lines.line (
  slot smallint not null,
  account_id bigint not null,
  line_id bigint not null,
  number text not null,
  market text not null,
  tax_region text,
  language text not null,
  email text,
  state lines.line_state not null,
  state_since timestamptz not null,
  plan_code text,
  plan_version integer,
  -- The anchor day a month or year period keeps (31 Jan, 28 Feb, 31 Mar); the period that is running, and its end.
  anchor_day smallint,
  period_started_at timestamptz,
  paid_until timestamptz,
  -- The next instant at which something happens to this line by itself; null when nothing will.
  due_at timestamptz,
  reminded_ending_days smallint,
  reminded_data_percent smallint,
  last_paid_at timestamptz,
  created_at timestamptz not null,
  primary key (slot, account_id, line_id),
  check ((plan_code is null) = (plan_version is null))
) with (fillfactor = 70);
create index line_due on lines.line (due_at) where due_at is not null;

-- Plans paid for that follow the present one, in order of starts_at.
create table lines.queued_plan (
  slot smallint not null,
  account_id bigint not null,
  line_id bigint not null,
  order_id bigint not null,
  item_no smallint not null,
  plan_code text not null,
  plan_version integer not null,
  start_rule text not null check (start_rule in ('at_end', 'on_exhaustion')),
  anchor_day smallint,
  period_unit text not null check (period_unit in ('day', 'month', 'year')),
  period_count smallint not null check (period_count > 0),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  state text not null check (state in ('waiting', 'started', 'cancelled')),
  primary key (slot, account_id, line_id, order_id, item_no),
  check (ends_at > starts_at)
);

-- Running totals of pay as you go: the cost of a total is rounded up once, and each report pays the difference (L9).
create table lines.pay_as_you_go (
  slot smallint not null,
  account_id bigint not null,
  line_id bigint not null,
  service text not null,
  zone text not null,
  -- Code and version of the plan whose rate it is: another rate is another total.
  plan text not null,
  quantity bigint not null check (quantity >= 0),
  charged_minor bigint not null check (charged_minor >= 0),
  -- What the balance did not cover: booked as loss, never as a negative balance.
  lost_minor bigint not null default 0 check (lost_minor >= 0),
  primary key (slot, account_id, line_id, service, zone, plan)
);

-- What happened to a line, for its timeline. Append-only.
create table lines.happening (
  slot smallint not null,
  account_id bigint not null,
  happening_id bigint not null,
  line_id bigint not null,
  event text not null,
  state_before text not null,
  state_after text not null,
  at timestamptz not null,
  primary key (slot, account_id, happening_id)
);

grant usage on schema lines to everline_app;
grant select, insert, update on lines.number, lines.line, lines.queued_plan, lines.pay_as_you_go to everline_app;
grant select, insert on lines.happening to everline_app;
