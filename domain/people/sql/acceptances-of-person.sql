select market, version, accepted_at from people.acceptance where slot = :slot and person_id = :person_id order by accepted_at, market, version
