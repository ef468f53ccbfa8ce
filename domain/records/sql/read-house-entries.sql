select entry_id, actor, action, subject, reason, before, after, at
from records.house_entry
where :before_entry_id::bigint is null or entry_id < :before_entry_id
order by entry_id desc
limit :limit_rows
