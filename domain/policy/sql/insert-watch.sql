insert into policy.watch (slot, account_id, watch_id, line_id, door, peer, reference, realm, notify, notify_id, imsi, number, counters, told,
  origin_state_id, look_at, again_at, ends_at, began_at, changed_at)
values (:slot, :account_id, :watch_id, :line_id, :door, :peer, :reference, :realm, :notify, :notify_id, :imsi, :number, :counters, :told,
  :origin_state_id, :look_at, :again_at, :ends_at, :began_at, :changed_at)
