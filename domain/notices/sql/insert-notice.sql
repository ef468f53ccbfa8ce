insert into notices.notice
  (slot, account_id, notice_id, event_id, kind, channel, line_id, order_id, language, recipient, subject, body, html, url, sealed, at)
values
  (:slot, :account_id, :notice_id, :event_id, :kind, :channel, :line_id, :order_id, :language, :recipient, :subject, :body, :html, :url, :sealed, :at)
