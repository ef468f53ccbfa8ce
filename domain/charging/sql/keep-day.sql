select charging.keep_day(:day::date)
