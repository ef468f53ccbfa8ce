-- By the index on business time; what the network was answered since, by the time it really was, oldest first.
select recorded_at as at, items
from charging.request
where slot = :slot::smallint and account_id = :account_id::bigint and line_id = :line_id::bigint
  and effective_at >= :effective_at::timestamptz and recorded_at >= :since::timestamptz
  and began_on >= :began_from::date and began_on <= :began_until::date
order by effective_at, recorded_at
limit :limit_rows
