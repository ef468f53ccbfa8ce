insert into seal.key (key) values (:key) on conflict (only_row) do nothing
