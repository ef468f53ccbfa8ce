insert into installation.kind (kind) values (:kind) on conflict do nothing
