import { test } from 'node:test';
import { checkInvariants } from '#tests/house';
import { runCases } from './run-cases.ts';
import {
  delivering,
  givingBackByWebhook,
  hearingOfDispute,
  hearingOfDisputeWon,
  hearingOfRefund,
  hearingOther,
  listingDisputes,
  relaying,
  returningExcess,
  settlingByJanitor,
  settlingByReturn,
  settlingByWebhook,
} from './settling-cases.ts';
import { openWorld } from './world.ts';

test('dead before or after any statement, commit or call of settling, by return and by each webhook, and of delivering and relaying, each ends as if nothing had died (P1, P7, O1) [PAY-5] [FX-1]', async (t) => {
  const world = await openWorld(t);
  const { run, tell } = runCases(t, world);
  await run([settlingByReturn, settlingByJanitor, settlingByWebhook, givingBackByWebhook, returningExcess, hearingOther]);
  await run([hearingOfRefund]);
  await run([listingDisputes, hearingOfDispute, hearingOfDisputeWon]);
  await run([delivering, relaying]);
  await checkInvariants(world);
  tell();
});
