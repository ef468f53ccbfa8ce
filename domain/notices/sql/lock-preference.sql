select slot from notices.preference where slot = :slot and account_id = :account_id for update
