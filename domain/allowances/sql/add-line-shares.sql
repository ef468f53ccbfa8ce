insert into allowances.line_share as share (slot, account_id, allowance_id, line_id, used, reserved)
select :slot::smallint, :account_id::bigint, one.allowance_id, :line_id::bigint, one.quantity, 0
from unnest(:allowance_ids::bigint[], :quantities::bigint[]) as one (allowance_id, quantity)
on conflict (slot, account_id, allowance_id, line_id) do update set used = share.used + excluded.used
