select purchase.line_id
from unnest(:slots::smallint[], :account_ids::bigint[], :line_ids::bigint[]) as wanted (slot, account_id, line_id)
join lines.purchase_opening as purchase using (slot, account_id, line_id)
where purchase.open_until > :at::timestamptz
