-- The IMSI decides; a number alone is enough where a peer knows no more.
select asked.place, coalesce(sim.slot, number.slot) as slot, coalesce(sim.account_id, number.account_id) as account_id,
  coalesce(sim.line_id, number.line_id) as line_id
from unnest(:imsis::text[], :numbers::text[]) with ordinality as asked (imsi, number, place)
left join sims.sim as sim on sim.imsi = asked.imsi
left join lines.number as number on asked.imsi is null and number.number = asked.number
where coalesce(sim.line_id, number.line_id) is not null
