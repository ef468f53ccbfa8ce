select count(*) as count
from allowances.forfeit
join allowances.allowance using (slot, account_id, allowance_id)
where slot = :slot::smallint and account_id = :account_id::bigint and order_id = :order_id::bigint and item_no = :item_no::smallint
  and reason = 'refunded' and cause_id = :refund_id::bigint
