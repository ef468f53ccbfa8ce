update notices.preference set chosen = :chosen::jsonb where slot = :slot and account_id = :account_id
