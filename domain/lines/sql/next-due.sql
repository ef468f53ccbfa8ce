select min(due_at) as due_at from lines.line where due_at is not null and due_at <= :until
