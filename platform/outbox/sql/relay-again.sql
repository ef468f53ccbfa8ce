-- Events that this consumer has not applied wait again. For a restored database: jobs are not in a backup, events are.
update outbox.event e set relayed_at = null
where e.relayed_at is not null
  and (:kinds::text[] is null or e.kind = any(:kinds::text[]))
  and not exists (
    select from outbox.applied a
    where a.slot = e.slot and a.account_id = e.account_id and a.event_id = e.event_id and a.consumer = :consumer
  )
