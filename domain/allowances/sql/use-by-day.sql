select
  (effective_at at time zone :time_zone::text)::date as day,
  service,
  sum(quantity)::bigint as quantity,
  sum(throttled)::bigint as throttled,
  sum(uncovered)::bigint as uncovered
from allowances.use
where slot = :slot::smallint and account_id = :account_id::bigint and line_id = :line_id::bigint
  and effective_at >= :from::timestamptz and effective_at < :until::timestamptz
group by 1, 2
order by 1, 2
