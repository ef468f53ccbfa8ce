-- What people were told, and how far it got.
create schema notices;

-- The words, as they were composed. Append-only.
create table notices.notice (
  slot smallint not null,
  account_id bigint not null,
  notice_id bigint not null,
  event_id bigint not null,
  kind text not null,
  channel text not null check (channel in ('mail', 'sms', 'push')),
  line_id bigint not null,
  order_id bigint,
  language text not null,
  -- An e-mail address, an E.164 number, or for push the person whose devices are meant.
  recipient text not null,
  -- The mail's subject, the push's title; null for an SMS.
  subject text,
  body text not null,
  -- The mail's second form; null for the others.
  html text,
  -- Where the push leads, and the link at the end of mail and SMS.
  url text not null,
  -- Business time of the event.
  at timestamptz not null,
  primary key (slot, account_id, notice_id),
  unique (slot, account_id, event_id, channel),
  check ((channel = 'sms') = (subject is null)),
  check ((channel = 'mail') = (html is not null))
);
create index notice_newest on notices.notice (notice_id);
create index notice_of_order on notices.notice (slot, account_id, order_id) where order_id is not null;

-- How far a notice got: the changing part.
create table notices.delivery (
  slot smallint not null,
  account_id bigint not null,
  notice_id bigint not null,
  state text not null check (state in ('waiting', 'sent', 'kept', 'failed', 'withdrawn')),
  attempts smallint not null default 0,
  -- Business time: not before this, for quiet hours.
  due_at timestamptz not null,
  -- Transport time: the next try, or the end of the lease of the try that is under way.
  next_try_at timestamptz not null,
  -- Transport time.
  ended_at timestamptz,
  -- What the channel answered last: its own id of the message, or why not.
  answer text,
  primary key (slot, account_id, notice_id),
  check ((state = 'waiting') = (ended_at is null))
);
create index delivery_waiting on notices.delivery (next_try_at) where state = 'waiting';

-- What an account chose otherwise than the default: { "<topic>": { "<channel>": true | false } }.
create table notices.preference (
  slot smallint not null,
  account_id bigint not null,
  chosen jsonb not null default '{}',
  primary key (slot, account_id)
);

grant usage on schema notices to everline_app;
grant select, insert on notices.notice to everline_app;
grant select, insert, update, delete on notices.delivery, notices.preference to everline_app;
