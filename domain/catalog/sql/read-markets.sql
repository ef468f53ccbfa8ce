select code, version, valid_from, terms from catalog.market order by code, version
