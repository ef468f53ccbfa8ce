select slot, account_id, line_id, due_at
from lines.line
where due_at is not null and due_at <= :at
order by due_at, line_id
limit :limit_rows
