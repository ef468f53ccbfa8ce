-- A line may move to another account: what it was here stays as a record of what was bought for it, and is a line no more.
alter table lines.line add column moved_at timestamptz;

-- What an allowance held when it moved with its line is granted again in the other account; here it is posted as gone.
alter table allowances.forfeit drop constraint forfeit_reason_check;
alter table allowances.forfeit add constraint forfeit_reason_check check (reason in ('ended', 'refunded', 'moved'));
alter table allowances.forfeit drop constraint forfeit_check;
alter table allowances.forfeit add constraint forfeit_check check ((reason = 'ended') = (cause_id is null));
