select revision from catalog.revision
