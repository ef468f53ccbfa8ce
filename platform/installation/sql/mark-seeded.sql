update installation.kind set seeded_at = :at
