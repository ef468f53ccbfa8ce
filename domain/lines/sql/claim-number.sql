insert into lines.number (number, slot, account_id, line_id, claimed_at)
values (:number, :slot, :account_id, :line_id, :at)
on conflict (number) do nothing
returning claim_count
