select slot, account_id, event_id, kind, payload, at
from outbox.event
where slot = :slot and account_id = :account_id and event_id = :event_id
