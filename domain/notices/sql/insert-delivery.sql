insert into notices.delivery (slot, account_id, notice_id, state, due_at, next_try_at)
values (:slot, :account_id, :notice_id, 'waiting', :due_at, :next_try_at)
