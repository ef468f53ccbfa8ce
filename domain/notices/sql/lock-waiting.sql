-- Locks and nothing else: what to do with them is decided in later statements. Rows another node has are passed over.
select slot, account_id, notice_id
from notices.delivery
where state = 'waiting' and next_try_at <= :transport_now and due_at <= :business_now
order by next_try_at
limit :count
for update skip locked
