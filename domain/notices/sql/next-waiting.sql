select min(due_at) as due_at from notices.delivery where state = 'waiting' and due_at > :after
