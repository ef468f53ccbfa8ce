insert into outbox.event (slot, account_id, event_id, kind, payload, at)
select e.slot, e.account_id, e.event_id, e.kind, e.payload, e.at
from unnest(:slots::smallint[], :account_ids::bigint[], :event_ids::bigint[], :kinds::text[], :payloads::json[], :ats::timestamptz[])
  as e (slot, account_id, event_id, kind, payload, at)
