insert into catalog.brand (terms, changed_at) values (:terms, :at)
on conflict (only_row) do update set terms = excluded.terms, changed_at = excluded.changed_at
