-- The intent of an order placed in this transaction, and the first try: neither can be there yet.
with opened as (
  insert into payments.intent (slot, account_id, intent_id, order_id, person_id, currency, amount_minor, opened_at)
  values (:slot, :account_id, :intent_id, :order_id, :person_id, :currency, :amount_minor, :started_at)
)
insert into payments.attempt (
  slot, account_id, attempt_id, intent_id, order_id, person_id, provider, key, way, choice, save_method, saved_method_id,
  method_reference, currency, amount_minor, state, customer_reference, started_at, ask_at
)
values (
  :slot, :account_id, :attempt_id, :intent_id, :order_id, :person_id, :provider, :key, :way, :choice, :save_method, :saved_method_id,
  :method_reference, :currency, :amount_minor, 'started', :customer_reference, :started_at, :ask_at
)
