select slot, account_id, attempt_id, order_id, dispute_reference, state, currency, amount_minor, reason, opened_at, ended_at, told_at
from payments.dispute
where slot = :slot and account_id = :account_id and attempt_id = :attempt_id and dispute_reference = :dispute_reference
