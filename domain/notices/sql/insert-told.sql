insert into notices.told (slot, account_id, event_id, told_at)
values (:slot, :account_id, :event_id, :told_at)
on conflict do nothing
returning event_id
