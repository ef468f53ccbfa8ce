delete from people.sign_in_link where expires_at < :before
