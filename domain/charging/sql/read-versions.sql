select account.slot, account.account_id, version, currency, balance_minor, held_minor, credit_limit_minor, touched_at
from unnest(:slots::smallint[], :account_ids::bigint[]) as wanted (slot, account_id)
join ledger.account using (slot, account_id)
