import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  activeLine,
  BALANCE,
  buy,
  checkInvariants,
  deliverWebhooks,
  drainOutbox,
  fillBalance,
  PACK,
  personWithCard,
  RENEW,
  stateOf,
  testHouse,
} from './index.ts';

test('the house of the tests stands: a line is bought, topped up, renewed from the balance and by a kept card [PAY-1] [PAY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  assert.equal((await stateOf(test, line)).line.state, 'active');
  await fillBalance(test, line, 5000n);
  const fromBalance = await buy(test, line, [RENEW, PACK], { way: BALANCE });
  assert.equal(fromBalance.state, 'applied');
  const { person, method } = await personWithCard(test, line);
  const saved = await buy(test, line, [RENEW], { asker: person, way: { kind: 'saved', savedMethodId: method.savedMethodId } });
  assert.equal(saved.state, 'applied');
  const answers = await deliverWebhooks(test);
  assert.ok(answers.length > 0 && answers.every((status) => status === 200));
  await drainOutbox(test);
  await checkInvariants(test);
});
