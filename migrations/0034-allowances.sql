-- What one line may use of what all lines of its account share (SIM-4), and what it has used and holds. Only capped lines are counted.
create table allowances.line_cap (
  slot smallint not null,
  account_id bigint not null,
  line_id bigint not null,
  service text not null check (service = 'data'),
  -- Octets of each shared allowance, for as long as it is valid.
  quantity bigint not null check (quantity >= 0),
  primary key (slot, account_id, line_id, service),
  check (slot = (account_id & 1023))
);

-- Of a capped line: as of the allowance itself, by the same requests. Changed under the account's lock alone.
create table allowances.line_share (
  slot smallint not null,
  account_id bigint not null,
  allowance_id bigint not null,
  line_id bigint not null,
  used bigint not null,
  reserved bigint not null,
  primary key (slot, account_id, allowance_id, line_id)
) with (fillfactor = 85);

-- Line, cap, used and reserved of each capped line, one behind the other (line-share.ts); null where none is capped.
create function allowances.shares_of(of_slot smallint, of_account_id bigint, of_allowance_id bigint, of_service text) returns bigint[]
  language sql stable parallel safe
  return (
    select array_agg(part.value order by cap.line_id, part.place)
    from allowances.line_cap as cap
    left join allowances.line_share as share
      on share.slot = cap.slot and share.account_id = cap.account_id and share.allowance_id = of_allowance_id and share.line_id = cap.line_id
    cross join lateral (
      values (1, cap.line_id), (2, cap.quantity), (3, coalesce(share.used, 0)), (4, coalesce(share.reserved, 0))
    ) as part (place, value)
    where cap.slot = of_slot and cap.account_id = of_account_id and cap.service = split_part(of_service, '.', 1)
  );

grant select, insert, update, delete on allowances.line_cap, allowances.line_share to everline_app;
