insert into notices.preference (slot, account_id) values (:slot, :account_id) on conflict do nothing
