select charging.drop_day(:day::date) as dropped
