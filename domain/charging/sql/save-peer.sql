insert into charging.peer (origin_host, profile, addresses, needs_tls, carries_others, requests_max, changed_at)
values (:origin_host, :profile, :addresses, :needs_tls, :carries_others, :requests_max, :at)
on conflict (origin_host) do update
set profile = excluded.profile, addresses = excluded.addresses, needs_tls = excluded.needs_tls, carries_others = excluded.carries_others,
  requests_max = excluded.requests_max, changed_at = excluded.changed_at
