-- Quantities are kept as texts with an n (platform/json).
select
  (effective_at at time zone :time_zone::text)::date as day,
  item ->> 'service' as service,
  sum(rtrim(item ->> 'used', 'n')::bigint)::bigint as quantity,
  sum(rtrim(item ->> 'free', 'n')::bigint)::bigint as free,
  sum(rtrim(item ->> 'paid', 'n')::bigint + rtrim(item ->> 'lost', 'n')::bigint)::bigint as uncovered
from charging.request, json_array_elements(items) as item
where slot = :slot::smallint and account_id = :account_id::bigint and line_id = :line_id::bigint
  and effective_at >= :from::timestamptz and effective_at < :until::timestamptz and used <> 0
group by 1, 2
having sum(rtrim(item ->> 'used', 'n')::bigint) > 0
order by 1, 2
