select quantity, charged_minor, lost_minor
from lines.pay_as_you_go
where slot = :slot and account_id = :account_id and line_id = :line_id and service = :service and zone = :zone and plan = :plan
