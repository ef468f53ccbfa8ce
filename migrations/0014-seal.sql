-- The key that seals what we hand out and take back (an address of a line, the name of a source): one for the installation, so
-- that every node reads what another sealed. Made by the first node that needs it.
create schema seal;

create table seal.key (
  only_row boolean primary key default true check (only_row),
  key bytea not null check (octet_length(key) = 32)
);

grant usage on schema seal to everline_app;
grant select, insert on seal.key to everline_app;
