insert into outbox.applied (slot, account_id, event_id, consumer, applied_at)
values (:slot, :account_id, :event_id, :consumer, :at)
on conflict do nothing
returning event_id
