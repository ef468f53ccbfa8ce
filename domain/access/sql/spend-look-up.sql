insert into access.look_up (budget, window_started_at, spent)
values (:budget, :window_started_at, 1)
on conflict (budget, window_started_at) do update set spent = access.look_up.spent + 1
returning spent
