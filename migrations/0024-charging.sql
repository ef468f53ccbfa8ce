-- Charging: what the network asked, what it was answered, and what sessions hold of allowances meanwhile.
create schema charging;

create type charging.session_state as enum ('open', 'closed');
create type charging.service_kind as enum ('data', 'voice', 'message');
create type charging.operation as enum ('begin', 'update', 'end', 'event', 'refund', 'close');

-- A session's name is its peer's: claimed here first, so that whoever hears it again knows where it lives.
create table charging.session_claim (
  peer text not null,
  reference text not null,
  slot smallint not null,
  account_id bigint not null,
  line_id bigint not null,
  session_id bigint not null,
  primary key (peer, reference)
);

create table charging.session (
  slot smallint not null,
  account_id bigint not null,
  session_id bigint not null,
  line_id bigint not null,
  -- UTC day of its beginning: the partition of all its requests.
  began_on date not null,
  peer text not null,
  reference text not null,
  -- Where the peer wants to be told that it should ask again, when it says so itself (Nchf notifyUri).
  notify text,
  kind charging.service_kind not null,
  visited_network text,
  destination text,
  state charging.session_state not null,
  -- The highest request number so far; requests at or below it are repeated or late.
  last_number bigint not null,
  -- By rating group: what is held of which allowances, what was granted and how fast it goes (session-groups.ts).
  groups json not null,
  -- Transport time.
  began_at timestamptz not null,
  last_at timestamptz not null,
  -- When somebody looks whether it has fallen silent: set seldom, so that ordinary requests leave the index alone.
  check_at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  primary key (slot, account_id, session_id)
) with (fillfactor = 50);
create index session_open_of_line on charging.session (slot, account_id, line_id) where state = 'open';
create index session_to_check on charging.session (check_at) where state = 'open';

-- One row a request: usage record, duplicate detector and posting at once. Append-only; a partition a day.
create table charging.request (
  slot smallint not null,
  account_id bigint not null,
  session_id bigint not null,
  -- What makes it the same request within its session (reliability.md G1).
  key text not null,
  began_on date not null,
  line_id bigint not null,
  kind charging.service_kind not null,
  operation charging.operation not null,
  number bigint,
  content_hash bytea not null,
  -- The posting: from which allowance how much; the house leg is implied.
  allowance_ids bigint[] not null,
  quantities bigint[] not null,
  -- Octets, seconds or messages: reported; of it free of charge; paid from money; booked as loss.
  used bigint not null,
  free bigint not null,
  paid bigint not null,
  lost bigint not null,
  -- In the account's currency.
  paid_minor bigint not null,
  -- By rating group: asked, used, granted, from what, at which tariff, and why (SEE-2).
  items json not null,
  answer json not null,
  -- Came after the session had gone on or ended.
  late boolean not null,
  -- Business time of the use; transport time of the recording.
  effective_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (slot, account_id, session_id, key, began_on)
) partition by range (began_on);
create index request_by_time on charging.request (slot, account_id, effective_at);

-- The program may not create tables; this one kind it may ask for. Rows go in and come out by the whole table, whose rights hold.
create function charging.keep_day(day date) returns void
  language plpgsql security definer
  set search_path = pg_catalog
as $$
declare
  name text := 'request_' || to_char(day, 'YYYYMMDD');
begin
  -- Of two that ask at once, the second waits here and finds it made: IF NOT EXISTS alone lets both try.
  perform pg_advisory_xact_lock(hashtext('charging.keep_day'));
  if to_regclass('charging.' || name) is null then
    execute format('create table if not exists charging.%I partition of charging.request for values from (%L) to (%L)', name, day, day + 1);
  end if;
end
$$;

-- Who of the network may ask us, and how each is known to behave.
create table charging.peer (
  -- Origin-Host, in small letters.
  origin_host text primary key,
  profile text not null,
  -- Addresses and networks it may come from.
  addresses text[] not null,
  needs_tls boolean not null,
  -- A relay or proxy: its requests bear the names of others.
  carries_others boolean not null,
  requests_max integer not null check (requests_max > 0),
  -- Grows when it forgets its sessions (RFC 6733 §8.16); 0: it never said.
  origin_state_id bigint not null default 0,
  changed_at timestamptz not null
);

grant usage on schema charging to everline_app;
grant select, insert, delete on charging.session_claim to everline_app;
grant select, insert, update on charging.session to everline_app;
grant select, insert on charging.request to everline_app;
grant select, insert, update, delete on charging.peer to everline_app;
grant execute on function charging.keep_day(date) to everline_app;
