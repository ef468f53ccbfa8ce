-- Fails when one of them is not there: a use must not get lost.
with moved as (
  update allowances.allowance as allowance
  set used = allowance.used + one.used, charged = allowance.charged + one.used, reserved = allowance.reserved + one.reserved
  from unnest(:account_ids::bigint[], :allowance_ids::bigint[], :useds::bigint[], :reserveds::bigint[])
    as one (account_id, allowance_id, used, reserved)
  where allowance.slot = (one.account_id & 1023)::smallint and allowance.account_id = one.account_id
    and allowance.allowance_id = one.allowance_id
  returning 1
)
select charging.move_all(count(*), cardinality(:allowance_ids::bigint[])) from moved
