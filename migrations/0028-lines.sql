-- A line may move to another account: what it was here stays as a record of what was bought for it, and is a line no more.
alter table lines.line add column moved_at timestamptz;
