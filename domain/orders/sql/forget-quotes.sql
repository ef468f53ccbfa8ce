delete from orders.quote where expires_at < :before
