-- Days of requests that began before one, the eldest first.
select day::date as day from charging.kept_days() as day where day < :before::date
