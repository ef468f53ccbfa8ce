update people.code set tries = tries + 1 where request_hash = :request_hash
