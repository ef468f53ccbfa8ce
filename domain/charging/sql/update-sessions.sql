update charging.session as session
set last_number = one.last_number, groups = one.groups::json, last_at = one.last_at
from unnest(
  :slots::smallint[], :account_ids::bigint[], :session_ids::bigint[], :last_numbers::bigint[], :groups::text[], :last_ats::timestamptz[]
) as one (slot, account_id, session_id, last_number, groups, last_at)
where session.slot = one.slot and session.account_id = one.account_id and session.session_id = one.session_id
