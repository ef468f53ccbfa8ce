-- Notices to a person are of no line, and a code in one rests sealed until it is sent.
alter table notices.notice alter column line_id drop not null;
alter table notices.notice add column sealed text;
