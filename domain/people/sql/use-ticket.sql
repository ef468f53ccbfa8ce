update people.code set ticket_used_at = :at
where ticket_hash = :ticket_hash and ticket_used_at is null and ticket_expires_at > :at
returning kind, value, holder
