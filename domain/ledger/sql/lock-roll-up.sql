insert into ledger.rolled_up (slot, through_xid)
values (:slot, '0')
on conflict (slot) do update set through_xid = ledger.rolled_up.through_xid
