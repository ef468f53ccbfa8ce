update payments.saved_method
set forgotten_at = :transport_at
where slot = :slot and person_id = :person_id and saved_method_id = :saved_method_id and forgotten_at is null
returning person_id, saved_method_id, provider, reference, customer_reference, kind, brand, last4, expires, saved_at
