insert into lines.happening (slot, account_id, happening_id, line_id, event, state_before, state_after, at)
values (:slot, :account_id, :happening_id, :line_id, :event, :state_before, :state_after, :at)
