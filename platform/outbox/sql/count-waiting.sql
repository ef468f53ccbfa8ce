select count(*) as count from outbox.event where relayed_at is null
