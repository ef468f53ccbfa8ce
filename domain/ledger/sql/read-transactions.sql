select transaction_id, kind, reference, leg_accounts, leg_units, leg_amounts, effective_at
from ledger.transaction
where slot = :slot and account_id = :account_id
order by transaction_id
