insert into catalog.market (code, version, valid_from, terms, added_at)
values (:code, :version, :valid_from, :terms, :at)
