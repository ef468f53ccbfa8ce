-- What has left has left, even where a purchase withdrew it meanwhile.
update notices.delivery
set state = :state, ended_at = :ended_at, answer = :answer
where slot = :slot
  and account_id = :account_id
  and notice_id = :notice_id
  and (state = 'waiting' or (state = 'withdrawn' and :state = 'sent'))
  and (attempts = :attempts or :state = 'sent')
