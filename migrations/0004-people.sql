-- Who signs in, and what they are to an account. Sign-ins and links are look-ups by the hash of a secret.
create schema people;

create table people.person (
  slot smallint not null,
  person_id bigint not null,
  name text,
  language text not null,
  email text,
  number text,
  created_at timestamptz not null,
  primary key (slot, person_id),
  check (slot = (person_id & 1023))
);

create table people.member (
  slot smallint not null,
  account_id bigint not null,
  person_id bigint not null,
  role text not null check (role in ('owner', 'user', 'payer')),
  since timestamptz not null,
  primary key (slot, account_id, person_id)
);
create index member_by_person on people.member (person_id);

create table people.sign_in_link (
  token_hash bytea primary key,
  person_id bigint not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table people.sign_in (
  token_hash bytea primary key,
  person_id bigint not null,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index sign_in_by_person on people.sign_in (person_id);

grant usage on schema people to everline_app;
grant select, insert, update, delete on all tables in schema people to everline_app;
