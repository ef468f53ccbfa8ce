select
  use_id, content_hash, service, allowance_ids, quantities, full_speed, throttled, uncovered,
  granted_before, left_before, speed_before, left_after, speed_after, crossed_percent
from allowances.use
where slot = :slot and account_id = :account_id and key = :key
