-- One row, locked as it is after the wait; what else is decided on is read in later statements.
select slot, account_id, attempt_id, intent_id, order_id, person_id, provider, key, way, choice, save_method, saved_method_id, method_reference,
  currency, amount_minor, state, customer_reference, page_reference, payment_reference, page_url, authentication_url, page_expires_at,
  decline_reason, captured_currency, captured_minor, refunding_minor, disputed_minor, method_kind, method_brand, method_last4,
  method_expires, started_at, ended_at, superseded_at, ask_at
from payments.attempt
where slot = :slot and account_id = :account_id and attempt_id = :attempt_id
for no key update
