update payments.dispute_asking
set ask_at = :next_ask_at
where provider = :provider
