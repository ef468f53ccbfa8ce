insert into charging.session (
  slot, account_id, session_id, line_id, began_on, peer, reference, notify, kind, visited_network, destination, state, last_number, groups,
  began_at, last_at, check_at, ended_at, end_reason
)
select slot, account_id, session_id, line_id, began_on, peer, reference, notify, kind::charging.service_kind, visited_network, destination,
  state::charging.session_state, last_number, groups::json, began_at, last_at, check_at, ended_at, end_reason
from unnest(
  :slots::smallint[], :account_ids::bigint[], :session_ids::bigint[], :line_ids::bigint[], :began_ons::date[], :peers::text[],
  :references::text[], :notifies::text[], :kinds::text[], :visited_networks::text[], :destinations::text[], :states::text[],
  :last_numbers::bigint[], :groups::text[], :began_ats::timestamptz[], :last_ats::timestamptz[], :check_ats::timestamptz[],
  :ended_ats::timestamptz[], :end_reasons::text[]
) as one (
  slot, account_id, session_id, line_id, began_on, peer, reference, notify, kind, visited_network, destination, state, last_number, groups,
  began_at, last_at, check_at, ended_at, end_reason
)
