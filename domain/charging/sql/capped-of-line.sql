select allowance_id
from allowances.line_share
where slot = :slot::smallint and account_id = :account_id::bigint and line_id = :line_id::bigint
  and allowance_id = any(:allowance_ids::bigint[])
