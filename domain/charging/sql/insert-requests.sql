insert into charging.request (
  slot, account_id, session_id, key, began_on, line_id, kind, operation, number, content_hash, allowance_ids, quantities, used, free, paid,
  lost, paid_minor, items, answer, late, effective_at, recorded_at
)
select (account_id & 1023)::smallint, account_id, session_id, key, began_on, line_id, kind, operation, number, content_hash, allowance_ids::bigint[],
  quantities::bigint[], used, free, paid, lost, paid_minor, items, answer, late, effective_at, recorded_at
from unnest(
  :account_ids::bigint[], :session_ids::bigint[], :keys::text[], :began_ons::date[], :line_ids::bigint[], :kinds::charging.service_kind[],
  :operations::charging.operation[], :numbers::bigint[], :content_hashes::bytea[], :allowance_ids::text[], :quantities::text[],
  :useds::bigint[], :frees::bigint[], :paids::bigint[], :losts::bigint[], :paid_minors::bigint[], :items::json[], :answers::json[],
  :lates::boolean[], :effective_ats::timestamptz[], :recorded_ats::timestamptz[]
) as one (
  account_id, session_id, key, began_on, line_id, kind, operation, number, content_hash, allowance_ids, quantities, used, free, paid,
  lost, paid_minor, items, answer, late, effective_at, recorded_at
)
