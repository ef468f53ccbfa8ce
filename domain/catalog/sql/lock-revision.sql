select revision from catalog.revision for update
