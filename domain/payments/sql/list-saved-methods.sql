select person_id, saved_method_id, provider, reference, customer_reference, kind, brand, last4, expires, saved_at
from payments.saved_method
where slot = :slot and person_id = :person_id and forgotten_at is null
order by saved_method_id
