-- Counts who locked an account. Whoever changes anything of an account locks it first, so what a node of charging knows of
-- one is good for as long as the count says that nobody else has been there (docs/decisions/0012).
alter table ledger.account add column version bigint not null default 0;
