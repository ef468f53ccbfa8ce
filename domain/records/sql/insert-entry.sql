insert into records.entry (slot, account_id, entry_id, actor, action, subject, reason, before, after, at)
values (:slot, :account_id, :entry_id, :actor, :action, :subject, :reason, :before, :after, :at)
