import { test } from 'node:test';
import { checkInvariants } from '#tests/house';
import { payerOf } from './buying-cases.ts';
import { cancelling, fallingDue, joining, lookingAfter, refunding } from './ending-cases.ts';
import { runCases } from './run-cases.ts';
import { openWorld } from './world.ts';

test('dead before or after any statement, commit or call of cancel, refund, join, janitor and run-due, each ends as if nothing had died (P3, P5, L6, L7) [PAY-5] [LIFE-2]', async (t) => {
  const world = await openWorld(t);
  const payer = await payerOf(world);
  const { run, tell } = runCases(t, world);
  await run([...cancelling, ...refunding(payer), ...lookingAfter(payer)]);
  await checkInvariants(world);
  await run([joining]);
  await checkInvariants(world);
  await run(fallingDue);
  await checkInvariants(world);
  tell();
});
