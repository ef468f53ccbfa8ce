update policy.watch
set realm = :realm, notify = :notify, notify_id = :notify_id, counters = :counters, ends_at = :ends_at, told = :told, look_at = :look_at,
  changed_at = :at
where slot = :slot and account_id = :account_id and watch_id = :watch_id
