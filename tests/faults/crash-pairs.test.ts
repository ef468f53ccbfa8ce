/**
 * Settling and refunding die, and then their recovery dies. Here every so-manieth pair; all of them by
 * `EVERLINE_FAULT_PAIRS=all node --test tests/faults/crash-pairs.test.ts`. Both counts are told.
 */
import { test } from 'node:test';
import { checkInvariants } from '#tests/house';
import { payerOf } from './buying-cases.ts';
import { refunding } from './ending-cases.ts';
import { settlingByReturn, settlingByWebhook } from './settling-cases.ts';
import { tellWindows } from './tell-windows.ts';
import { type TriedPairs, tryPairs } from './try-windows.ts';
import { openWorld } from './world.ts';

/** A prime, so that it falls in step with nothing. */
const STRIDE = process.env['EVERLINE_FAULT_PAIRS'] === 'all' ? 1 : 23;

test('dead in settling or refunding, and dead again in the recovery, each ends as if nothing had died (P1, P3, P5) [PAY-5]', async (t) => {
  const world = await openWorld(t);
  const payer = await payerOf(world);
  const tried: TriedPairs[] = [];
  const [refund] = refunding(payer);
  tried.push(await tryPairs(world, settlingByReturn, STRIDE), await tryPairs(world, settlingByWebhook, STRIDE));
  if (refund !== undefined) tried.push(await tryPairs(world, refund, STRIDE));
  await checkInvariants(world);
  tellWindows(tried);
  for (const { name, windows, pairs, all } of tried) t.diagnostic(`${name}: ${windows} windows, ${all} pairs, ${pairs} of them tried`);
  const sum = (of: (one: TriedPairs) => number) => tried.reduce((total, one) => total + of(one), 0);
  t.diagnostic(`in all: ${sum((one) => one.pairs)} of ${sum((one) => one.all)} pairs tried (EVERLINE_FAULT_PAIRS=all tries every one)`);
});
