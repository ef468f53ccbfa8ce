select slot from people.sign_in_name where kind = :kind and value = :value for update
