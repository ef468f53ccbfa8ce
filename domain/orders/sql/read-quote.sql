select slot, account_id, quote_id, token, content, expires_at
from orders.quote
where slot = :slot and account_id = :account_id and quote_id = :quote_id
