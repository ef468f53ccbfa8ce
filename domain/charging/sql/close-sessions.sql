update charging.session as session
set state = 'closed', last_number = one.last_number, groups = one.groups::json, last_at = one.last_at, ended_at = one.ended_at,
  end_reason = one.end_reason
from unnest(
  :slots::smallint[], :account_ids::bigint[], :session_ids::bigint[], :last_numbers::bigint[], :groups::text[], :last_ats::timestamptz[],
  :ended_ats::timestamptz[], :end_reasons::text[]
) as one (slot, account_id, session_id, last_number, groups, last_at, ended_at, end_reason)
where session.slot = one.slot and session.account_id = one.account_id and session.session_id = one.session_id
