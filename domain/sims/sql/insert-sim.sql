insert into sims.sim (iccid, imsi, activation_code_hash) values (:iccid, :imsi, :activation_code_hash)
on conflict do nothing
returning iccid
