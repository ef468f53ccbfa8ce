update orders.order
set state = :state, tender = :tender, total_minor = :total_minor, reason = :reason, effect = :effect, paid_by_attempt_id = :paid_by_attempt_id, effective_at = :effective_at, paid_at = :paid_at,
  applied_at = :applied_at, delivered_at = :delivered_at, ended_at = :ended_at, look_at = :look_at
where slot = :slot and account_id = :account_id and order_id = :order_id
