insert into payments.provider_payment (provider, payment_reference, slot, account_id, attempt_id)
values (:provider, :payment_reference, :slot, :account_id, :attempt_id)
on conflict (provider, payment_reference) do nothing
