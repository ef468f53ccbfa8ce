-- At which door a peer asks; and of one of 5G, its NF instance, where tokens or certificates name it so.
alter table charging.peer add column door text not null default 'gy' check (door in ('gy', 'nchf'));
alter table charging.peer add column nf_instance_id text;
