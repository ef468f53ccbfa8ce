-- Recorded since one instant and until another.
select count(*) as count from charging.difference where recorded_at > :since and recorded_at <= :until
