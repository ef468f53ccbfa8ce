-- Only of capped lines; the first use or hold of a line of an allowance begins its row.
insert into allowances.line_share as share (slot, account_id, allowance_id, line_id, used, reserved)
select (account_id & 1023)::smallint, account_id, allowance_id, line_id, used, reserved
from unnest(:account_ids::bigint[], :allowance_ids::bigint[], :line_ids::bigint[], :useds::bigint[], :reserveds::bigint[])
  as one (account_id, allowance_id, line_id, used, reserved)
on conflict (slot, account_id, allowance_id, line_id)
do update set used = share.used + excluded.used, reserved = share.reserved + excluded.reserved
