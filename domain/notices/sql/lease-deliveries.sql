update notices.delivery d
set attempts = d.attempts + 1, next_try_at = :leased_until
from unnest(:slots::smallint[], :account_ids::bigint[], :notice_ids::bigint[]) as k (slot, account_id, notice_id)
where d.slot = k.slot and d.account_id = k.account_id and d.notice_id = k.notice_id and d.state = 'waiting'
