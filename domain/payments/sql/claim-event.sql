-- Waits for another transaction that is claiming the same event, and then knows whether that one committed.
insert into payments.provider_event (provider, event_reference, slot, account_id, claimed_at)
values (:provider, :event_reference, :slot, :account_id, :transport_at)
on conflict (provider, event_reference) do nothing
returning event_reference
