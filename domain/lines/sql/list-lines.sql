select slot, account_id, line_id, number, market, state, plan_code, paid_until from lines.line where moved_at is null order by number limit :limit_rows
