-- Counts rows from the last roll-up on whose transaction id is below the oldest still running: none can appear behind it.
with bound as (
  select r.through_xid, pg_snapshot_xmin(pg_current_snapshot()) as next_xid from ledger.rolled_up r where r.slot = :slot
), counted as (
  select leg.name, leg.unit, sum(leg.amount) as amount
  from bound, ledger.transaction t, unnest(t.leg_accounts, t.leg_units, t.leg_amounts) as leg (name, unit, amount)
  where t.slot = :slot and t.xid >= bound.through_xid and t.xid < bound.next_xid and leg.name <> 'balance'
  group by leg.name, leg.unit
), added as (
  insert into ledger.house_total (slot, name, unit, amount)
  select :slot, name, unit, amount from counted
  on conflict (slot, name, unit) do update set amount = ledger.house_total.amount + excluded.amount
)
update ledger.rolled_up r set through_xid = bound.next_xid from bound where r.slot = :slot
