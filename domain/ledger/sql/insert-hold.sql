-- A reference whose hold was released may be held anew; one that is held, or was settled, may not.
insert into ledger.hold (slot, account_id, reference, amount_minor, state, held_at, expires_at)
values (:slot, :account_id, :reference, :amount_minor, 'held', :at, :expires_at)
on conflict (slot, account_id, reference) do update
set amount_minor = excluded.amount_minor, state = 'held', held_at = excluded.held_at, expires_at = excluded.expires_at, ended_at = null
where ledger.hold.state = 'released'
returning amount_minor
