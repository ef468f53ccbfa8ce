insert into people.budget (budget, window_started_at, window_ends_at, spent)
values (:budget, :window_started_at, :window_ends_at, 1)
on conflict (budget, window_started_at) do update set spent = people.budget.spent + 1
returning spent
