-- Calls and messages abroad are services of their own, so that what is granted for calls covers national ones only.
alter table allowances.allowance drop constraint allowance_service_check;
alter table allowances.allowance add constraint allowance_service_check
  check (service ~ '^(data(\.[a-z0-9_-]+)*|(voice|message)(_abroad(\.[a-z0-9_-]+)*)?)$');
