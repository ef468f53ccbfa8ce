select distinct slot from ledger.account order by slot
