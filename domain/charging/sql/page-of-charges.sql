-- Newest first from an instant on, without those of that very instant that were shown already.
select session_id, key, kind, operation, items, late, effective_at as at
from charging.request
where slot = :slot::smallint and account_id = :account_id::bigint and line_id = :line_id::bigint
  and effective_at > :after::timestamptz and effective_at <= :until::timestamptz and used <> 0
order by effective_at desc, session_id desc, key desc
offset :skip::bigint
limit :limit_rows::bigint
