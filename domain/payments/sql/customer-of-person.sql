select customer_reference
from payments.person_customer
where slot = :slot and person_id = :person_id and provider = :provider
