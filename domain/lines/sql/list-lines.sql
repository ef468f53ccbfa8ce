select slot, account_id, line_id, number, market, state, plan_code, paid_until from lines.line order by number limit :limit_rows
