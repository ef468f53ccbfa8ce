select slot, account_id, watch_id, peer, reference from policy.watch where ends_at <= :at order by ends_at limit :limit_rows
