delete from orders.quote q
where q.expires_at < :before
  and not exists (select from orders.order o where o.slot = q.slot and o.account_id = q.account_id and o.order_id = q.quote_id)
