insert into lines.purchase_opening (slot, account_id, line_id, open_until, day, openings)
values (:slot::smallint, :account_id::bigint, :line_id::bigint, :open_until::timestamptz, :day::date, 1)
on conflict (slot, account_id, line_id) do update
set open_until = excluded.open_until, day = excluded.day,
  openings = case when purchase_opening.day = excluded.day then purchase_opening.openings + 1 else 1 end
where purchase_opening.day <> excluded.day or purchase_opening.openings < :openings_max::integer
