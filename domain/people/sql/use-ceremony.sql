update people.ceremony set used_at = :at
where challenge_hash = :challenge_hash and used_at is null and expires_at > :at
  and purpose = :purpose and person_id is not distinct from :person_id
returning purpose
