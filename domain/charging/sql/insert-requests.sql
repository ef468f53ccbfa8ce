insert into charging.request (
  slot, account_id, session_id, key, began_on, line_id, kind, operation, number, content_hash, allowance_ids, quantities, used, free, paid,
  lost, paid_minor, items, answer, late, effective_at, recorded_at
)
select slot, account_id, session_id, key, began_on, line_id, kind::charging.service_kind, operation::charging.operation, number, content_hash,
  allowance_ids::bigint[], quantities::bigint[], used, free, paid, lost, paid_minor, items::json, answer::json, late, effective_at, recorded_at
from unnest(
  :slots::smallint[], :account_ids::bigint[], :session_ids::bigint[], :keys::text[], :began_ons::date[], :line_ids::bigint[], :kinds::text[],
  :operations::text[], :numbers::bigint[], :content_hashes::bytea[], :allowance_ids::text[], :quantities::text[], :useds::bigint[],
  :frees::bigint[], :paids::bigint[], :losts::bigint[], :paid_minors::bigint[], :items::text[], :answers::text[], :lates::boolean[],
  :effective_ats::timestamptz[], :recorded_ats::timestamptz[]
) as one (
  slot, account_id, session_id, key, began_on, line_id, kind, operation, number, content_hash, allowance_ids, quantities, used, free, paid,
  lost, paid_minor, items, answer, late, effective_at, recorded_at
)
