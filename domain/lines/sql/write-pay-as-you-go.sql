insert into lines.pay_as_you_go (slot, account_id, line_id, service, zone, plan, quantity, charged_minor, lost_minor)
values (:slot, :account_id, :line_id, :service, :zone, :plan, :quantity, :charged_minor, :lost_minor)
on conflict (slot, account_id, line_id, service, zone, plan)
do update set quantity = excluded.quantity, charged_minor = excluded.charged_minor, lost_minor = excluded.lost_minor
