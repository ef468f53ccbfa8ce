select
  n.slot, n.account_id, n.notice_id, n.event_id, n.kind, n.channel, n.line_id, n.order_id, n.language, n.recipient, n.subject, n.body,
  n.html, n.url, n.sealed, n.at, d.state, d.attempts, d.due_at, d.ended_at, d.answer
from notices.notice n
join notices.delivery d on d.slot = n.slot and d.account_id = n.account_id and d.notice_id = n.notice_id
where n.notice_id < :before and (:channel::text is null or n.channel = :channel)
order by n.notice_id desc
limit :count
