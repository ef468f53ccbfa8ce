insert into lines.queued_plan
  (slot, account_id, line_id, order_id, item_no, plan_code, plan_version, start_rule, anchor_day, period_unit, period_count, starts_at, ends_at, state)
values
  (:slot, :account_id, :line_id, :order_id, :item_no, :plan_code, :plan_version, :start_rule, :anchor_day, :period_unit, :period_count, :starts_at, :ends_at, :state)
on conflict (slot, account_id, line_id, order_id, item_no)
do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at, state = excluded.state
