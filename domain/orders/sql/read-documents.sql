-- What a receipt says of the sale is the quote's, which never changes; a credit note says all of it itself.
select d.key, d.market, d.kind, d.number, d.content, d.issued_at, case d.kind when 'receipt' then q.content end as sold
from orders.document d
join orders.quote q on q.slot = d.slot and q.account_id = d.account_id and q.quote_id = d.order_id
where d.slot = :slot and d.account_id = :account_id and d.order_id = :order_id
order by d.kind, d.number
