-- Newest first. What only asked and took nothing explains no charge.
select session_id, key, kind, operation, items, late, effective_at as at, began_on
from charging.request
where slot = :slot::smallint and account_id = :account_id::bigint and line_id = :line_id::bigint
  and effective_at >= :from::timestamptz and effective_at < :until::timestamptz
  and (used <> 0 or :all::boolean)
order by effective_at desc, recorded_at desc
limit :limit_rows
