delete from people.sign_in where seen_at < :before
