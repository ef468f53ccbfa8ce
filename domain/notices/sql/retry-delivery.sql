-- Only the try that still holds the lease says when the next one is.
update notices.delivery
set next_try_at = :next_try_at, answer = :answer
where slot = :slot and account_id = :account_id and notice_id = :notice_id and state = 'waiting' and attempts = :attempts
