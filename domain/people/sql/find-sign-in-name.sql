select kind, value, slot, person_id, holder, proven_at from people.sign_in_name where kind = :kind and value = :value
