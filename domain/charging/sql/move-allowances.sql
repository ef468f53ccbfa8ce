update allowances.allowance as allowance
set used = allowance.used + one.used, charged = allowance.charged + one.used, reserved = allowance.reserved + one.reserved
from unnest(:slots::smallint[], :account_ids::bigint[], :allowance_ids::bigint[], :useds::bigint[], :reserveds::bigint[])
  as one (slot, account_id, allowance_id, used, reserved)
where allowance.slot = one.slot and allowance.account_id = one.account_id and allowance.allowance_id = one.allowance_id
returning allowance.allowance_id
