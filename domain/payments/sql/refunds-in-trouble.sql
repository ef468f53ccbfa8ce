-- Failed and not sent again since, or under way for long.
select slot, account_id, order_id, refund_id, currency, amount_minor, state, failure, started_at
from payments.refund r
where (
    r.state = 'failed'
    and not exists (
      select
      from payments.refund again
      where again.slot = r.slot
        and again.account_id = r.account_id
        and again.attempt_id = r.attempt_id
        and again.key = 'again/' || r.refund_id
    )
  )
  or (r.ended_at is null and r.started_at <= :waiting_since)
order by r.started_at
limit :limit_rows
