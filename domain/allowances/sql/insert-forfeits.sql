insert into allowances.forfeit (slot, account_id, forfeit_id, allowance_id, reason, cause_id, quantity, effective_at, recorded_at)
select
  :slot::smallint, :account_id::bigint, one.forfeit_id, one.allowance_id, :reason::text, :cause_id::bigint, one.quantity,
  one.effective_at, :recorded_at::timestamptz
from unnest(:forfeit_ids::bigint[], :allowance_ids::bigint[], :quantities::bigint[], :effective_ats::timestamptz[])
  as one (forfeit_id, allowance_id, quantity, effective_at)
