select claim.reference, session.state
from charging.session_claim as claim
join charging.session as session using (slot, account_id, session_id)
where claim.peer = :peer::text and claim.reference = any(:references::text[])
