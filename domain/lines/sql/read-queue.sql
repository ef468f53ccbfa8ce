select order_id, item_no, plan_code, plan_version, start_rule, anchor_day, period_unit, period_count, starts_at, ends_at
from lines.queued_plan
where slot = :slot and account_id = :account_id and line_id = :line_id and state = 'waiting'
order by starts_at, order_id, item_no
