insert into catalog.product (market, code, version, valid_from, terms, added_at)
values (:market, :code, :version, :valid_from, :terms, :at)
