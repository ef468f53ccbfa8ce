-- The account's running balance moves with it.
with moved as (
  update ledger.account
  set balance_minor = balance_minor + :delta_minor, touched_at = greatest(touched_at, :effective_at)
  where slot = :slot and account_id = :account_id
)
insert into ledger.transaction
  (slot, account_id, transaction_id, kind, reference, leg_accounts, leg_units, leg_amounts, effective_at, recorded_at)
values
  (:slot, :account_id, :transaction_id, :kind, :reference, :leg_accounts, :leg_units, :leg_amounts, :effective_at, :recorded_at)
