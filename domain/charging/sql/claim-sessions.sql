insert into charging.session_claim (peer, reference, slot, account_id, line_id, session_id)
select peer, reference, (account_id & 1023)::smallint, account_id, line_id, session_id
from unnest(:peers::text[], :references::text[], :account_ids::bigint[], :line_ids::bigint[], :session_ids::bigint[])
  as one (peer, reference, account_id, line_id, session_id)
