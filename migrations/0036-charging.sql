-- What a session is while it goes on is kept with its last request, and not in a row of its own that each request would write anew (decision 0014).
alter table charging.request
  -- Counts the requests of a session, those that came late too.
  add column step integer not null default 0,
  -- What its session is after it: [highest number, last heard of in milliseconds, groups]. Null where the session's own row says so: it begins or ends with this
  -- request, or has ended before.
  add column session_after json;

comment on column charging.session.last_number is 'As the session began or ended; in between the last request says it.';
comment on column charging.session.groups is 'As the session began or ended; in between the last request says it.';
comment on column charging.session.last_at is 'As the session began or ended; in between the last request says it.';

-- What open sessions hold, for those who reconcile.
create view charging.open_session as
select session.slot, session.account_id, session.session_id, session.line_id, coalesce(last.session_after -> 2, session.groups) as groups
from charging.session
left join lateral (
  select request.session_after
  from charging.request
  where request.slot = session.slot and request.account_id = session.account_id and request.session_id = session.session_id
    and request.began_on = session.began_on
  order by request.effective_at desc, request.step desc
  limit 1
) as last on true
where session.state = 'open';

grant select on charging.open_session to everline_app;
