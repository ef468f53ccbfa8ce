-- The provider's id of the payment is claimed with it: whoever asks by that id finds the attempt.
with claimed as (
  insert into payments.provider_payment (provider, payment_reference, slot, account_id, attempt_id)
  select :provider::text, :payment_reference::text, :slot::smallint, :account_id::bigint, :attempt_id::bigint
  where :payment_reference::text is not null
  on conflict (provider, payment_reference) do nothing
)
update payments.attempt
set state = :state,
  customer_reference = :customer_reference,
  page_reference = :page_reference,
  payment_reference = :payment_reference,
  page_url = :page_url,
  authentication_url = :authentication_url,
  page_expires_at = :page_expires_at,
  decline_reason = :decline_reason,
  captured_currency = :captured_currency,
  captured_minor = :captured_minor,
  method_kind = :method_kind,
  method_brand = :method_brand,
  method_last4 = :method_last4,
  method_expires = :method_expires,
  ended_at = :ended_at,
  ask_at = :ask_at
where slot = :slot and account_id = :account_id and attempt_id = :attempt_id
