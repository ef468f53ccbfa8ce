update charging.peer set origin_state_id = :origin_state_id::bigint
where origin_host = :origin_host and origin_state_id < :origin_state_id::bigint
returning origin_host
