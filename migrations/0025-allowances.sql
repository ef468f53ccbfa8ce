-- Of what was used of an allowance: what the network asked for, posted and reconciled by charging. The rest is posted here.
alter table allowances.allowance add column charged bigint not null default 0;
