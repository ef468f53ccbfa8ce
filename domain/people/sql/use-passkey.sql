-- A counter that does not go up is a copied key; authenticators that do not count always say 0 (WebAuthn Level 3 §6.1.1).
update people.passkey set counter = :counter, used_at = :at
where credential_id = :credential_id and (counter < :counter or (counter = 0 and :counter = 0))
returning passkey_id
