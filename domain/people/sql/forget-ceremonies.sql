delete from people.ceremony where expires_at < :before
