select slot, account_id, watch_id, line_id, door, peer, reference, realm, notify, notify_id, imsi, number, counters, told, origin_state_id,
  again_at, ends_at, began_at, changed_at
from policy.watch
where (again_at <= :transport_at or (again_at is null and look_at <= :at))
  and door = any(:doors::policy.door[]) and (door = 'spending_limit' or peer = any(:peers::text[]))
order by coalesce(again_at, look_at)
limit :limit_rows
