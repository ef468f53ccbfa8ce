-- Each node that holds connections of the network hears of it; who is not listening finds nothing missing.
select pg_notify('everline_account', account_id::text)
from unnest(:account_ids::bigint[]) as account_id
