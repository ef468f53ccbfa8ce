select entry_id, actor, action, subject, reason, before, after, at
from records.entry
where slot = :slot and account_id = :account_id
order by entry_id
