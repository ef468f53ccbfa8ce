update charging.session as session
set last_number = one.last_number, groups = one.groups, last_at = one.last_at
from unnest(:account_ids::bigint[], :session_ids::bigint[], :last_numbers::bigint[], :groups::json[], :last_ats::timestamptz[])
  as one (account_id, session_id, last_number, groups, last_at)
where session.slot = (one.account_id & 1023)::smallint and session.account_id = one.account_id and session.session_id = one.session_id
