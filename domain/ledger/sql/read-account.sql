select slot, account_id, currency, balance_minor, held_minor, credit_limit_minor, touched_at
from ledger.account
where slot = :slot and account_id = :account_id
