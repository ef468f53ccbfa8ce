select slot, account_id, watch_id, peer, reference
from policy.watch
where door = 'sy' and peer = :peer and origin_state_id > 0 and origin_state_id < :origin_state_id
limit :limit_rows
