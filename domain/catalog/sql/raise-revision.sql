update catalog.revision set revision = revision + 1 returning revision
