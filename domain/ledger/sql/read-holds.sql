select reference, amount_minor, expires_at
from ledger.hold
where slot = :slot and account_id = :account_id and state = 'held'
