-- A purchase makes the reminders that still wait untrue.
update notices.delivery d
set state = 'withdrawn', ended_at = :ended_at
where d.slot = :slot
  and d.account_id = :account_id
  and d.state = 'waiting'
  and exists (
    select
    from notices.notice n
    where n.slot = d.slot
      and n.account_id = d.account_id
      and n.notice_id = d.notice_id
      and n.line_id = :line_id
      and n.kind = any(:kinds::text[])
  )
