-- A dispute may be won after it was lost and lost after it was won; news comes in any order, so the provider's own time of
-- it says which is the last.
alter table payments.dispute add column told_at timestamptz;
update payments.dispute set told_at = coalesce(ended_at, opened_at);
alter table payments.dispute alter column told_at set not null;
create index dispute_open on payments.dispute (opened_at) where state = 'opened';

-- Refunds that need somebody: the provider will not make them, or has not for long.
create index refund_failed on payments.refund (ended_at) where state = 'failed';
create index refund_under_way on payments.refund (started_at) where ended_at is null;

-- When each provider's disputes are to be listed next (transport time), whichever node does it.
create table payments.dispute_asking (
  provider text primary key,
  ask_at timestamptz not null
);

grant select, insert, update on payments.dispute_asking to everline_app;
