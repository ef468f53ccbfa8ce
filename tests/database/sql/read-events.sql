select event_id from outbox.event
