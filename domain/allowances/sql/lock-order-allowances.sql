select allowance_id
from allowances.allowance
where slot = :slot::smallint and account_id = :account_id::bigint and order_id = :order_id::bigint and item_no = :item_no::smallint
order by allowance_id
for update
