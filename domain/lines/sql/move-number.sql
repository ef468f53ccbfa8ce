-- Another claim of it: whatever was quoted for the line where it was is of a number that moved.
update lines.number
set slot = :slot, account_id = :account_id, line_id = :line_id, claim_count = claim_count + 1, claimed_at = :at
where number = :number and line_id = :from_line_id
returning claim_count
