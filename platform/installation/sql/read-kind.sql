select kind, seeded_at from installation.kind
