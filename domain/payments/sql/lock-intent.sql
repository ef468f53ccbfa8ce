-- A statement of its own: what is decided is read in later statements, on snapshots from after the wait.
select slot, account_id, intent_id, order_id, person_id, currency, amount_minor, opened_at
from payments.intent
where slot = :slot and account_id = :account_id and intent_id = :intent_id
for no key update
