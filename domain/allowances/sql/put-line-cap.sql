insert into allowances.line_cap (slot, account_id, line_id, service, quantity)
values (:slot::smallint, :account_id::bigint, :line_id::bigint, 'data', :quantity::bigint)
on conflict (slot, account_id, line_id, service) do update set quantity = excluded.quantity
