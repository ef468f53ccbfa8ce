insert into charging.session_claim (peer, reference, slot, account_id, line_id, session_id)
select * from unnest(:peers::text[], :references::text[], :slots::smallint[], :account_ids::bigint[], :line_ids::bigint[], :session_ids::bigint[])
on conflict (peer, reference) do nothing
returning session_id
