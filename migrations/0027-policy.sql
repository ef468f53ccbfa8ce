-- Policy: who of the network is told how a line stands (Sy, spending limit), and what they were told last.
create schema policy;

create type policy.door as enum ('sy', 'spending_limit');

-- A watch's name is its peer's, or ours to its peer: claimed here first, so that whoever hears it again knows where it lives.
create table policy.watch_claim (
  peer text not null,
  reference text not null,
  slot smallint not null,
  account_id bigint not null,
  watch_id bigint not null,
  primary key (peer, reference)
);

create table policy.watch (
  slot smallint not null,
  account_id bigint not null,
  watch_id bigint not null,
  line_id bigint not null,
  door policy.door not null,
  peer text not null,
  reference text not null,
  -- Sy: the realm its notices are sent to. Spending limit: where it wants to be told, and the name it gave that.
  realm text,
  notify text,
  notify_id text,
  -- As the peer named the line: a SIM may move to another.
  imsi text,
  number text,
  -- Null: all there are.
  counters text[],
  -- By counter, what the peer was told last.
  told json not null,
  -- Which life of its peer began it (RFC 6733 §8.16); 0: it never said.
  origin_state_id bigint not null,
  -- Business time: when time alone may change a status.
  look_at timestamptz,
  -- Transport time: who is telling it has until then; afterwards somebody looks again.
  again_at timestamptz,
  -- Transport time, where the peer wants it to end by itself.
  ends_at timestamptz,
  began_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (slot, account_id, watch_id)
) with (fillfactor = 70);
create index watch_to_look on policy.watch (look_at) where look_at is not null;
create index watch_again on policy.watch (again_at) where again_at is not null;
create index watch_to_end on policy.watch (ends_at) where ends_at is not null;
create index watch_of_peer on policy.watch (peer);

grant usage on schema policy to everline_app;
grant select, insert, delete on policy.watch_claim to everline_app;
grant select, insert, update, delete on policy.watch to everline_app;
