-- L4 and L6: a running balance equals the sum of its postings; held equals the sum of open holds.
select a.slot, a.account_id, a.balance_minor, a.held_minor, coalesce(p.posted, 0)::bigint as posted_minor, coalesce(h.held, 0)::bigint as holds_minor
from ledger.account a
left join (
  select t.slot, t.account_id, sum(leg.amount) as posted
  from ledger.transaction t, unnest(t.leg_accounts, t.leg_amounts) as leg (name, amount)
  where leg.name = 'balance'
  group by t.slot, t.account_id
) p using (slot, account_id)
left join (
  select slot, account_id, sum(amount_minor) as held from ledger.hold where state = 'held' group by slot, account_id
) h using (slot, account_id)
where a.balance_minor <> coalesce(p.posted, 0) or a.held_minor <> coalesce(h.held, 0)
