insert into outbox.event (slot, account_id, event_id, kind, payload, at) values (1, 1, 1, 'test', '{}', '2026-11-02T17:00:00Z')
