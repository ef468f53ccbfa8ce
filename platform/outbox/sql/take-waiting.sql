select slot, account_id, event_id, kind, at
from outbox.event
where relayed_at is null
order by event_id
limit :limit_rows
for update skip locked
