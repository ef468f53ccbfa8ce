insert into payments.saved_method (slot, person_id, saved_method_id, provider, reference, customer_reference, kind, brand, last4, expires, saved_at)
values (:slot, :person_id, :saved_method_id, :provider, :reference, :customer_reference, :kind, :brand, :last4, :expires, :saved_at)
on conflict on constraint one_saved_method_per_reference do nothing
