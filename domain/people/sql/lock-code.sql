select tries from people.code where request_hash = :request_hash for update
