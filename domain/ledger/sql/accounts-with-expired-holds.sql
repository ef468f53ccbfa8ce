select distinct slot, account_id
from ledger.hold
where state = 'held' and expires_at <= :transport_at
limit :limit_rows
