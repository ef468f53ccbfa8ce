select allowance_id
from allowances.allowance
where slot = :slot::smallint and account_id = :account_id::bigint and valid_until <= :at::timestamptz
  and used + reserved + forfeited < granted
  and (:line_id::bigint is null or line_id is null or line_id = :line_id::bigint)
order by allowance_id
for update
