insert into ledger.hold (slot, account_id, reference, amount_minor, state, held_at, expires_at)
values (:slot, :account_id, :reference, :amount_minor, 'held', :at, :expires_at)
