select terms from catalog.brand
