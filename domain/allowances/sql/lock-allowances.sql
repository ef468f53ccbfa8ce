-- Locks and decides nothing: what it waited for is read by the next statement.
select allowance_id
from allowances.allowance
where slot = :slot::smallint and account_id = :account_id::bigint and valid_until > :at::timestamptz
  and withdrawn_at is null and (line_id is null or line_id = :line_id::bigint)
order by allowance_id
for update
