-- Of all nodes that find it due, one gets the row.
insert into payments.dispute_asking as asking (provider, ask_at)
values (:provider, :next_ask_at)
on conflict (provider) do update set ask_at = excluded.ask_at where asking.ask_at <= :transport_now
returning provider
