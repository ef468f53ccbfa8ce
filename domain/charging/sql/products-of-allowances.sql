select allowance_id, product_code, product_version
from allowances.allowance
where slot = :slot::smallint and account_id = :account_id::bigint and allowance_id = any(:allowance_ids::bigint[])
