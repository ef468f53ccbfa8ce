insert into payments.person_customer (slot, person_id, provider, customer_reference)
values (:slot, :person_id, :provider, :customer_reference)
on conflict (slot, person_id, provider) do nothing
