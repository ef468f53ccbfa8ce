insert into ledger.transaction
  (slot, account_id, transaction_id, kind, reference, leg_accounts, leg_units, leg_amounts, effective_at, recorded_at)
values
  (:slot, :account_id, :transaction_id, :kind, :reference, :leg_accounts, :leg_units, :leg_amounts, :effective_at, :recorded_at)
