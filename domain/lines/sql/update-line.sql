update lines.line
set state = :state, state_since = :state_since, plan_code = :plan_code, plan_version = :plan_version, anchor_day = :anchor_day,
  period_started_at = :period_started_at, paid_until = :paid_until, due_at = :due_at, reminded_ending_days = :reminded_ending_days,
  reminded_data_percent = :reminded_data_percent, last_paid_at = :last_paid_at
where slot = :slot and account_id = :account_id and line_id = :line_id
