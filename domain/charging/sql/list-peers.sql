select origin_host, profile, addresses, needs_tls, carries_others, requests_max from charging.peer order by origin_host
