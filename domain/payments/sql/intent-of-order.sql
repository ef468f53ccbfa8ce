select slot, account_id, intent_id, order_id, person_id, currency, amount_minor, opened_at
from payments.intent
where slot = :slot and account_id = :account_id and order_id = :order_id
