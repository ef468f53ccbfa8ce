insert into payments.intent (slot, account_id, intent_id, order_id, person_id, currency, amount_minor, opened_at)
values (:slot, :account_id, :intent_id, :order_id, :person_id, :currency, :amount_minor, :opened_at)
on conflict on constraint one_intent_per_order do nothing
returning slot, account_id, intent_id, order_id, person_id, currency, amount_minor, opened_at
