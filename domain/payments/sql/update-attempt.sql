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
