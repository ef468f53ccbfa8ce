insert into ledger.account (slot, account_id, currency, touched_at)
values (:slot, :account_id, :currency, :at)
on conflict do nothing
