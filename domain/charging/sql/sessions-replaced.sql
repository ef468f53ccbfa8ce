select other.reference
from charging.session_claim as mine
join charging.session as other on other.slot = mine.slot and other.account_id = mine.account_id and other.line_id = mine.line_id
where mine.peer = :peer::text and mine.reference = :reference::text
  and other.state = 'open' and other.peer = mine.peer and other.reference <> mine.reference
  and starts_with(other.reference, :prefix::text) and other.began_at < :before::timestamptz
