insert into lines.pay_as_you_go (slot, account_id, line_id, service, zone, plan, quantity, charged_minor, lost_minor)
select :to_slot::smallint, :to_account_id::bigint, :to_line_id::bigint, service, zone, plan, quantity, charged_minor, lost_minor
from lines.pay_as_you_go
where slot = :slot::smallint and account_id = :account_id::bigint and line_id = :line_id::bigint
