update outbox.event e set relayed_at = :at
from unnest(:slots::smallint[], :account_ids::bigint[], :event_ids::bigint[]) as k (slot, account_id, event_id)
where e.slot = k.slot and e.account_id = k.account_id and e.event_id = k.event_id
