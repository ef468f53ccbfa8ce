update allowances.allowance
set used = used + one.quantity
from unnest(:allowance_ids::bigint[], :quantities::bigint[]) as one (allowance_id, quantity)
where slot = :slot::smallint and account_id = :account_id::bigint and allowance.allowance_id = one.allowance_id
returning allowance.allowance_id
