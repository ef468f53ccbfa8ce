insert into lines.line
  (slot, account_id, line_id, number, market, tax_region, language, email, state, state_since, plan_code, plan_version, created_at)
values
  (:slot, :account_id, :line_id, :number, :market, :tax_region, :language, :email, 'pending', :at, :plan_code, :plan_version, :at)
