-- How people sign in: names they are known by, codes, passwords, passkeys, sign-ins with a life; terms they accepted.

-- Cooling-off after a change of how somebody is reached (S3); transport time.
alter table people.person add column cooling_off_until timestamptz;

-- A look-up table: whoever proves an e-mail address or number claims it here, one person each; user names are chosen.
create table people.sign_in_name (
  kind text not null check (kind in ('email', 'number', 'user_name')),
  value text not null,
  slot smallint not null,
  person_id bigint not null,
  -- Which claim of ours the number was when it was proven; null when it was none. Another one now: the number changed hands.
  holder text,
  proven_at timestamptz not null,
  primary key (kind, value),
  check (kind = 'number' or holder is null)
);
create index sign_in_name_of_person on people.sign_in_name (person_id);
-- Where two people were recorded with one address, neither has proven it.
insert into people.sign_in_name (kind, value, slot, person_id, proven_at)
select 'email', lower(email), min(slot), min(person_id), min(created_at)
from people.person where email is not null group by lower(email) having count(*) = 1;
insert into people.sign_in_name (kind, value, slot, person_id, proven_at)
select 'number', number, min(slot), min(person_id), min(created_at)
from people.person where number is not null group by number having count(*) = 1;

-- One-time codes (S2), by the hash of the request they are bound to. What rests of a code is a keyed hash.
create table people.code (
  request_hash bytea primary key,
  purpose text not null check (purpose in ('enter', 'reset', 'prove', 'contact', 'link')),
  kind text not null check (kind in ('email', 'number')),
  value text not null,
  holder text,
  -- Whose request it is; null before somebody is known.
  person_id bigint,
  subject jsonb,
  code_mark text not null,
  tries smallint not null default 0 check (tries between 0 and 5),
  made_at timestamptz not null,
  expires_at timestamptz not null check (expires_at <= made_at + interval '10 minutes'),
  used_at timestamptz,
  -- A code that found nobody gives a ticket for signing up.
  ticket_hash bytea unique,
  ticket_expires_at timestamptz,
  ticket_used_at timestamptz
);
create index code_old on people.code (made_at);

-- What was spent of the budgets against pumping and guessing, by windows of transport time.
create table people.budget (
  budget text not null,
  window_started_at timestamptz not null,
  window_ends_at timestamptz not null,
  spent integer not null,
  primary key (budget, window_started_at)
);
create index budget_old on people.budget (window_ends_at);

create table people.password (
  slot smallint not null,
  person_id bigint not null,
  cost integer not null,
  block_size smallint not null,
  parallelization smallint not null,
  salt bytea not null,
  hash bytea not null,
  changed_at timestamptz not null,
  primary key (slot, person_id)
);

-- A look-up table by the credential's own id.
create table people.passkey (
  credential_id text primary key,
  slot smallint not null,
  person_id bigint not null,
  passkey_id bigint not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  -- Kept by its owner's cloud, not on one device alone.
  synced boolean not null,
  label text not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkey_of_person on people.passkey (person_id);

-- Challenges of passkey ceremonies, each answered once.
create table people.ceremony (
  challenge_hash bytea primary key,
  purpose text not null check (purpose in ('add', 'sign_in', 'prove')),
  person_id bigint,
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((purpose = 'sign_in') = (person_id is null))
);
create index ceremony_old on people.ceremony (expires_at);

-- Which terms a person accepted, when. Append-only.
create table people.acceptance (
  slot smallint not null,
  person_id bigint not null,
  market text not null,
  version text not null,
  accepted_at timestamptz not null,
  primary key (slot, person_id, market, version, accepted_at)
);

-- Sign-ins from before had no life and no place: they end here.
delete from people.sign_in;
alter table people.sign_in
  add column sign_in_id bigint not null,
  add column way text not null check (way in ('code', 'password', 'passkey', 'link')),
  add column device text not null,
  add column source text not null,
  add column seen_at timestamptz not null,
  -- When its holder last proved who they are: what step-up asks.
  add column proved_at timestamptz not null,
  add constraint sign_in_id_unique unique (sign_in_id);

grant select, insert, update, delete on
  people.sign_in_name, people.code, people.budget, people.password, people.passkey, people.ceremony to everline_app;
grant select, insert on people.acceptance to everline_app;
