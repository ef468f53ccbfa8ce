select n.channel, n.kind, d.state, d.ended_at
from notices.notice n
join notices.delivery d on d.slot = n.slot and d.account_id = n.account_id and d.notice_id = n.notice_id
where n.slot = :slot and n.account_id = :account_id and n.order_id = :order_id
order by n.notice_id
