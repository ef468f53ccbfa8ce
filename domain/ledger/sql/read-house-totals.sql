select name, unit, sum(amount)::bigint as amount from ledger.house_total group by name, unit order by name, unit
