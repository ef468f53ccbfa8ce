update allowances.allowance
set forfeited = forfeited + one.quantity
from unnest(:allowance_ids::bigint[], :quantities::bigint[]) as one (allowance_id, quantity)
where slot = :slot::smallint and account_id = :account_id::bigint and allowance.allowance_id = one.allowance_id
