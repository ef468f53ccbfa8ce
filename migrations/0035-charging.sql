-- A batch of requests is decided before its accounts are locked, and written on condition that nobody was there meanwhile (decision 0013). These
-- end a statement, and with it the transaction that it came with, when what was to be met was not.

-- Of accounts that were to be met under a version: whose version has moved is told, in the detail.
create function charging.meet_all(met bigint[], wanted bigint[]) returns void
  language plpgsql immutable
  set search_path = pg_catalog
as $$
begin
  if cardinality(wanted) > coalesce(cardinality(met), 0) then
    raise exception using errcode = 'EL001', message = 'somebody else has locked an account since',
      detail = (select string_agg(account_id::text, ',') from unnest(wanted) as account_id where met is null or not account_id = any(met));
  end if;
end
$$;

create function charging.move_all(moved bigint, wanted bigint) returns void
  language plpgsql immutable
  set search_path = pg_catalog
as $$
begin
  if moved is distinct from wanted then
    raise exception '% of % allowances have moved', moved, wanted;
  end if;
end
$$;

grant execute on function charging.meet_all(bigint[], bigint[]) to everline_app;
grant execute on function charging.move_all(bigint, bigint) to everline_app;
