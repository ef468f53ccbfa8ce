select allowance_id
from allowances.allowance
where slot = :slot::smallint and account_id = :account_id::bigint and allowance_id = any(:allowance_ids::bigint[])
order by allowance_id
for update
