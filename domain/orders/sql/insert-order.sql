insert into orders.order
  (slot, account_id, order_id, line_id, caller, key, content_hash, token, state, tender, person_id, as_guest, language, email, currency,
   total_minor, placed_at, began_at, look_at)
values
  (:slot, :account_id, :order_id, :line_id, :caller, :key, :content_hash, :token, 'placed', :tender, :person_id, :as_guest, :language,
   :email, :currency, :total_minor, :placed_at, :began_at, :look_at)
