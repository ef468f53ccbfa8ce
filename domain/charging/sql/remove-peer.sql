delete from charging.peer where origin_host = :origin_host
