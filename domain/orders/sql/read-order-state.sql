-- Without its content, for whoever has read that: it never changes.
select slot, account_id, order_id, line_id, caller, key, content_hash, token, state, tender, person_id, as_guest, language, email,
  currency, total_minor, effect, reason, paid_by_attempt_id, placed_at, effective_at, began_at, paid_at, applied_at,
  delivered_at, ended_at, look_at
from orders.order
where slot = :slot and account_id = :account_id and order_id = :order_id
