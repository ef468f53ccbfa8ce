insert into allowances.line_share (slot, account_id, allowance_id, line_id, used, reserved)
select :slot::smallint, :account_id::bigint, one.allowance_id, :line_id::bigint, one.used, one.reserved
from unnest(:allowance_ids::bigint[], :useds::bigint[], :reserveds::bigint[]) as one (allowance_id, used, reserved)
