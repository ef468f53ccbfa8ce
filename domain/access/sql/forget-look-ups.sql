delete from access.look_up where window_started_at < :before
