insert into allowances.use (
  slot, account_id, use_id, key, content_hash, line_id, service, zone, quantity, allowance_ids, quantities,
  full_speed, throttled, uncovered, granted_before, left_before, speed_before, left_after, speed_after, crossed_percent,
  effective_at, recorded_at
) values (
  :slot, :account_id, :use_id, :key, :content_hash, :line_id, :service, :zone, :quantity, :allowance_ids, :quantities,
  :full_speed, :throttled, :uncovered, :granted_before, :left_before, :speed_before, :left_after, :speed_after, :crossed_percent,
  :effective_at, :recorded_at
)
