-- With whether plans wait behind it, and its claim of the number it has, null when the number is another line's by now.
select l.slot, l.account_id, l.line_id, l.number, l.market, l.tax_region, l.language, l.email, l.state, l.state_since, l.plan_code,
  l.plan_version, l.anchor_day, l.period_started_at, l.paid_until, l.due_at, l.reminded_ending_days, l.reminded_data_percent, l.last_paid_at,
  exists (
    select from lines.queued_plan q
    where q.slot = l.slot and q.account_id = l.account_id and q.line_id = l.line_id and q.state = 'waiting'
  ) as waits,
  (select n.claim_count from lines.number n where n.number = l.number and n.line_id = l.line_id) as claim_count
from lines.line l
where l.slot = :slot and l.account_id = :account_id and l.line_id = :line_id
