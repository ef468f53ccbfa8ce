delete from outbox.applied
