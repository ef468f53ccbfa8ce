select slot, account_id, attempt_id
from payments.provider_payment
where provider = :provider and payment_reference = :payment_reference
