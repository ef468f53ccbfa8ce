import { test } from 'node:test';
import { checkInvariants } from '#tests/house';
import {
  askingPrice,
  payerOf,
  payingAgain,
  placingFromBalance,
  placingOnPage,
  placingOnPageAndLeaving,
  placingWithCard,
} from './buying-cases.ts';
import { runCases } from './run-cases.ts';
import { openWorld } from './world.ts';

test('dead before or after any statement, commit or call of quote, place and pay again, each ends as if nothing had died (P1, P2, P5) [PAY-5]', async (t) => {
  const world = await openWorld(t);
  const payer = await payerOf(world);
  const { run, tell } = runCases(t, world);
  await run([askingPrice]);
  await run([placingOnPage, placingOnPageAndLeaving, ...placingWithCard(payer), ...placingFromBalance]);
  await run(payingAgain(payer));
  await checkInvariants(world);
  tell();
});
