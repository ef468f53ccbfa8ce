select line.slot, line.account_id, line.line_id, state, market, plan_code, plan_version, due_at
from unnest(:slots::smallint[], :account_ids::bigint[], :line_ids::bigint[]) as wanted (slot, account_id, line_id)
join lines.line as line using (slot, account_id, line_id)
