insert into policy.watch_claim (peer, reference, slot, account_id, watch_id) values (:peer, :reference, :slot, :account_id, :watch_id)
on conflict (peer, reference) do nothing
returning watch_id
