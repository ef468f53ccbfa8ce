select origin_host, profile, addresses, needs_tls, carries_others, requests_max from charging.peer where origin_host = :origin_host for update
