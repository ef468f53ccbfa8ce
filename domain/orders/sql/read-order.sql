-- The content is the quote's: one quote is at most one order, under one id.
select o.slot, o.account_id, o.order_id, o.line_id, o.caller, o.key, o.content_hash, o.token, o.state, o.tender, o.person_id, o.as_guest,
  o.language, o.email, q.content, o.currency, o.total_minor, o.effect, o.reason, o.paid_by_attempt_id, o.placed_at, o.effective_at, o.began_at, o.paid_at, o.applied_at,
  o.delivered_at, o.ended_at, o.look_at
from orders.order o
join orders.quote q on q.slot = o.slot and q.account_id = o.account_id and q.quote_id = o.order_id
where o.slot = :slot and o.account_id = :account_id and o.order_id = :order_id
