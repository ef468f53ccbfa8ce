-- What never changes of an allowance is checked where it is written once, and not anew with every use: a CHECK of a table is evaluated at each update of
-- a row, a pattern costs about as much as finding the row.
create domain allowances.service_name as text
  check (value ~ '^(data(\.[a-z0-9_-]+)*|(voice|message)(_abroad(\.[a-z0-9_-]+)*)?)$');
create domain allowances.starting as text check (value in ('at_date', 'on_exhaustion'));
alter table allowances.allowance drop constraint allowance_service_check;
alter table allowances.allowance drop constraint allowance_starts_check;
alter table allowances.allowance alter column service type allowances.service_name, alter column starts type allowances.starting;
