-- Of an item (record-text.ts): 1 service, 4 used, 6 free, 7 paid, 9 lost.
select
  (effective_at at time zone :time_zone::text)::date as day,
  item ->> 1 as service,
  sum((item ->> 4)::bigint)::bigint as quantity,
  sum((item ->> 6)::bigint)::bigint as free,
  sum((item ->> 7)::bigint + (item ->> 9)::bigint)::bigint as uncovered
from charging.request, json_array_elements(items) as item
where slot = :slot::smallint and account_id = :account_id::bigint and line_id = :line_id::bigint
  and effective_at >= :from::timestamptz and effective_at < :until::timestamptz and used <> 0
group by 1, 2
having sum((item ->> 4)::bigint) > 0
order by 1, 2
