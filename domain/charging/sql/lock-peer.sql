select origin_host, door, profile, addresses, needs_tls, carries_others, requests_max, nf_instance_id
from charging.peer
where origin_host = :origin_host
for update
