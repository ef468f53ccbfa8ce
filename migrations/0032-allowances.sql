-- An account's allowances are read by the front of the primary key. This index cost more than it saved: each update that found no
-- room on its page wrote it anew, and the planner took it to find one allowance, reading all of the account's.
drop index allowances.allowance_by_end;
