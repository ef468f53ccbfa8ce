insert into charging.session (
  slot, account_id, session_id, line_id, began_on, peer, reference, notify, kind, visited_network, destination, state, last_number, groups,
  began_at, last_at, check_at, ended_at, end_reason
)
select (account_id & 1023)::smallint, account_id, session_id, line_id, began_on, peer, reference, notify, kind, visited_network, destination, state,
  last_number, groups, began_at, last_at, check_at, ended_at, end_reason
from unnest(
  :account_ids::bigint[], :session_ids::bigint[], :line_ids::bigint[], :began_ons::date[], :peers::text[], :references::text[],
  :notifies::text[], :kinds::charging.service_kind[], :visited_networks::text[], :destinations::text[], :states::charging.session_state[],
  :last_numbers::bigint[], :groups::json[], :began_ats::timestamptz[], :last_ats::timestamptz[], :check_ats::timestamptz[],
  :ended_ats::timestamptz[], :end_reasons::text[]
) as one (
  account_id, session_id, line_id, began_on, peer, reference, notify, kind, visited_network, destination, state, last_number, groups,
  began_at, last_at, check_at, ended_at, end_reason
)
