insert into charging.difference (slot, account_id, session_id, key, content_hash, recorded_at)
values (:slot, :account_id, :session_id, :key, :content_hash, :recorded_at)
on conflict do nothing
