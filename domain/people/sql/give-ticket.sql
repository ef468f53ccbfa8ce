update people.code set ticket_hash = :ticket_hash, ticket_expires_at = :expires_at where request_hash = :request_hash
