update people.code set used_at = :at where request_hash = :request_hash
