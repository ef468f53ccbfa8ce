import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#tests/database';
import { claimEvent } from './index.ts';

test('an event is claimed once, on two connections; a claim that rolls back leaves it to the next', async (t) => {
  const { database, tools, clock } = await testDatabase(t);
  const accountId = tools.mintId(4);
  const claim = { provider: 'stripe', eventId: 'evt_1', slot: 4, accountId, transportAt: clock.transport() };
  const failing = database.transaction(async (tx) => {
    assert.equal(await claimEvent(tx, claim), true);
    throw new Error('the settlement failed');
  });
  await assert.rejects(failing, /settlement failed/);
  const claims = await Promise.all([1, 2, 3].map(() => database.transaction((tx) => claimEvent(tx, claim))));
  assert.deepEqual(claims.sort(), [false, false, true]);
  assert.equal(await database.transaction((tx) => claimEvent(tx, { ...claim, provider: 'paypal' })), true);
});
