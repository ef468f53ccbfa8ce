-- What nobody paid for is looked for by whoever watches; of few requests.
create index request_lost on charging.request (recorded_at) where lost > 0;

-- What the requests of a day came to, by account, when the day itself is gone: so that what allowances and money say was used still has its cause.
create table charging.carried (
  slot smallint not null,
  account_id bigint not null,
  began_on date not null,
  requests bigint not null,
  allowance_ids bigint[] not null,
  quantities bigint[] not null,
  used bigint not null,
  free bigint not null,
  paid bigint not null,
  lost bigint not null,
  paid_minor bigint not null,
  primary key (slot, account_id, began_on),
  check (slot = (account_id & 1023)),
  check (cardinality(allowance_ids) = cardinality(quantities))
);

-- Days whose requests are kept, the eldest first.
create function charging.kept_days() returns setof date
  language sql stable
  set search_path = pg_catalog
as $$
  select to_date(right(part.relname, 8), 'YYYYMMDD')
  from pg_inherits join pg_class as part on part.oid = inhrelid
  where inhparent = 'charging.request'::regclass
  order by 1
$$;

-- Carries a day forward and drops it, with its sessions and their names. The program may delete no request by itself, and by this none
-- that is younger than 400 days by the newest day there is. False: it is gone already, or a session of it is open.
create function charging.drop_day(day date) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog
  -- The parent table is locked for a moment: rather tomorrow than have the network wait.
  set lock_timeout = '2s'
as $$
declare
  name text := 'request_' || to_char(day, 'YYYYMMDD');
begin
  perform pg_advisory_xact_lock(hashtext('charging.keep_day'));
  if to_regclass('charging.' || name) is null then
    return false;
  end if;
  if day + 400 > (select max(kept) from charging.kept_days() as kept) then
    raise exception 'the requests of % are kept for 400 days', day;
  end if;
  if exists (
    select from charging.request as r join charging.session as s using (slot, account_id, session_id)
    where r.began_on = day and s.state = 'open'
  ) then
    return false;
  end if;
  insert into charging.carried
    (slot, account_id, began_on, requests, allowance_ids, quantities, used, free, paid, lost, paid_minor)
  select sums.slot, sums.account_id, day, sums.requests, coalesce(pairs.allowance_ids, '{}'), coalesce(pairs.quantities, '{}'),
    sums.used, sums.free, sums.paid, sums.lost, sums.paid_minor
  from (
    select slot, account_id, count(*) as requests, sum(used)::bigint as used, sum(free)::bigint as free, sum(paid)::bigint as paid,
      sum(lost)::bigint as lost, sum(paid_minor)::bigint as paid_minor
    from charging.request where began_on = day group by slot, account_id
  ) as sums
  left join (
    select slot, account_id, array_agg(allowance_id) as allowance_ids, array_agg(quantity) as quantities
    from (
      select slot, account_id, pair.allowance_id, sum(pair.quantity)::bigint as quantity
      from charging.request, unnest(allowance_ids, quantities) as pair (allowance_id, quantity)
      where began_on = day group by slot, account_id, pair.allowance_id
    ) as each group by slot, account_id
  ) as pairs using (slot, account_id);
  delete from charging.session_claim as claim
  using (select distinct slot, account_id, session_id from charging.request where began_on = day) as gone, charging.session as s
  where s.slot = gone.slot and s.account_id = gone.account_id and s.session_id = gone.session_id
    and claim.peer = s.peer and claim.reference = s.reference;
  delete from charging.session as s
  using (select distinct slot, account_id, session_id from charging.request where began_on = day) as gone
  where s.slot = gone.slot and s.account_id = gone.account_id and s.session_id = gone.session_id;
  execute format('drop table charging.%I', name);
  return true;
end
$$;

-- The same key with another content: answered as before, and told of here (reliability.md G1).
create table charging.difference (
  slot smallint not null,
  account_id bigint not null,
  session_id bigint not null,
  key text not null,
  content_hash bytea not null,
  recorded_at timestamptz not null,
  primary key (slot, account_id, session_id, key, content_hash),
  check (slot = (account_id & 1023))
);
create index difference_by_time on charging.difference (recorded_at);

grant select on charging.carried to everline_app;
grant select, insert on charging.difference to everline_app;
grant execute on function charging.kept_days() to everline_app;
grant execute on function charging.drop_day(date) to everline_app;
