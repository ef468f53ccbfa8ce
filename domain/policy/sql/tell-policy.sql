-- Each node that can reach a policy function hears of it; who is not listening looks when it is back.
select pg_notify('everline_policy', account_id::text)
from unnest(:account_ids::bigint[]) as account_id
