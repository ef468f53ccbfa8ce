insert into lines.line (
  slot, account_id, line_id, number, market, tax_region, language, email, state, state_since, plan_code, plan_version, anchor_day,
  period_started_at, paid_until, due_at, reminded_ending_days, reminded_data_percent, last_paid_at, created_at
)
values (
  :slot, :account_id, :line_id, :number, :market, :tax_region, :language, :email, :state, :state_since, :plan_code, :plan_version,
  :anchor_day, :period_started_at, :paid_until, :due_at, :reminded_ending_days, :reminded_data_percent, :last_paid_at, :at
)
