insert into records.house_entry (entry_id, actor, action, subject, reason, before, after, at)
values (:entry_id, :actor, :action, :subject, :reason, :before, :after, :at)
