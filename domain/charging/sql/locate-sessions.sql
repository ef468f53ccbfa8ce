select asked.place, claim.slot, claim.account_id, claim.line_id, claim.session_id
from unnest(:peers::text[], :references::text[]) with ordinality as asked (peer, reference, place)
join charging.session_claim as claim on claim.peer = asked.peer and claim.reference = asked.reference
