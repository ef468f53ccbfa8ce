select
  allowance_id, line_id, order_id, product_code, product_version, service,
  granted - used - reserved - forfeited as quantity, valid_until as effective_at
from allowances.allowance
where slot = :slot::smallint and account_id = :account_id::bigint and valid_until <= :at::timestamptz
  and used + reserved + forfeited < granted
  and (:line_id::bigint is null or line_id is null or line_id = :line_id::bigint)
order by allowance_id
