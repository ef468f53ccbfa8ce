-- What was used and nobody paid for, recorded since one instant and until another; in money where it has a price (items: record-text.ts).
select request.kind::text as kind, account.currency, sum(request.lost)::bigint as units,
  sum((select coalesce(sum((item ->> 10)::bigint), 0) from json_array_elements(request.items) as item))::bigint as minor
from charging.request
join ledger.account using (slot, account_id)
where request.lost > 0 and request.recorded_at > :since and request.recorded_at <= :until
group by request.kind, account.currency
