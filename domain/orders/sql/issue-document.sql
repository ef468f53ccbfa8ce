-- Draws the next number of the market, slot and kind and writes the document with it: both or neither, so no gap.
with counter as (
  insert into orders.document_counter (slot, market, kind, last_number)
  values (:slot, :market, :kind, 1)
  on conflict (slot, market, kind) do update set last_number = orders.document_counter.last_number + 1
  returning last_number
)
insert into orders.document (slot, account_id, order_id, key, market, kind, number, content, issued_at)
select :slot, :account_id, :order_id, :key, :market, :kind, counter.last_number, :content, :issued_at
from counter
returning number
