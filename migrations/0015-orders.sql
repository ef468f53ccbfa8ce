-- Decided at placing: who paid may not see the line, so that what they read of it is masked and its owner is told apart (ID-6).
alter table orders.order add column as_guest boolean;
update orders.order set as_guest = person_id is null;
alter table orders.order alter column as_guest set not null;
