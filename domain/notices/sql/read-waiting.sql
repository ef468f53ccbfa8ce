select n.slot, n.account_id, n.notice_id, n.channel, n.language, n.recipient, n.subject, n.body, n.html, n.url, n.sealed, n.at, d.attempts
from unnest(:slots::smallint[], :account_ids::bigint[], :notice_ids::bigint[]) as k (slot, account_id, notice_id)
join notices.notice n on n.slot = k.slot and n.account_id = k.account_id and n.notice_id = k.notice_id
join notices.delivery d on d.slot = k.slot and d.account_id = k.account_id and d.notice_id = k.notice_id
