select allowance_ids, quantities, paid_minor, items, answer
from charging.request
where slot = :slot::smallint and account_id = :account_id::bigint and session_id = :session_id::bigint and key = :key::text
  and began_on = :began_on::date and operation = 'event'
