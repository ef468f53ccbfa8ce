update policy.watch set again_at = :at
where again_at is null and ((door = 'sy' and peer = any(:peers::text[])) or (door = 'spending_limit' and :spending_limit::boolean))
