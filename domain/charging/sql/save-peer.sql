insert into charging.peer (origin_host, door, profile, addresses, needs_tls, carries_others, requests_max, nf_instance_id, changed_at)
values (:origin_host, :door, :profile, :addresses, :needs_tls, :carries_others, :requests_max, :nf_instance_id, :at)
on conflict (origin_host) do update
set door = excluded.door, profile = excluded.profile, addresses = excluded.addresses, needs_tls = excluded.needs_tls,
  carries_others = excluded.carries_others, requests_max = excluded.requests_max, nf_instance_id = excluded.nf_instance_id,
  changed_at = excluded.changed_at
