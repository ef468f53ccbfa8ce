insert into orders.quote (slot, account_id, quote_id, line_id, token, content, expires_at)
values (:slot, :account_id, :quote_id, :line_id, :token, :content, :expires_at)
