delete from people.budget where window_ends_at < :before
