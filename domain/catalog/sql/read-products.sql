select market, code, version, valid_from, terms from catalog.product order by market, code, version
