delete from people.code where made_at < :before
