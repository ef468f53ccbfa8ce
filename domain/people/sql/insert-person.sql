insert into people.person (slot, person_id, name, language, email, number, created_at)
values (:slot, :person_id, :name, :language, :email, :number, :at)
