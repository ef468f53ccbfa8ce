select event, state_before, state_after, at
from lines.happening
where slot = :slot and account_id = :account_id and line_id = :line_id
order by at, happening_id
