select slot, account_id, watch_id, line_id, door, peer, reference, realm, notify, notify_id, imsi, number, counters, told, origin_state_id,
  again_at, ends_at, began_at, changed_at
from policy.watch where slot = :slot and account_id = :account_id
order by watch_id
