import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR_MS, MINUTE_MS } from '#platform/clock';
import {
  activeLine,
  attemptsNow,
  checkInvariants,
  comeBack,
  drainOutbox,
  order,
  orderNow,
  personWithCard,
  RENEW,
  runJanitor,
  type TestHouse,
  testHouse,
  visitPage,
} from '#tests/house';

async function end(test: TestHouse): Promise<void> {
  await runJanitor(test);
  await drainOutbox(test);
  await checkInvariants(test);
}

test('an answer that was lost, or a 500 after it was done, is found out at once, and nothing is made twice (P2) [PAY-5]', async (t) => {
  for (const kind of ['lost', 'error_500', 'garbage', 'slow'] as const) {
    const test = await testHouse(t);
    const line = await activeLine(test);
    test.simulator.setFaults([{ on: 'POST /v1/checkout/sessions', kind, times: 1 }]);
    const paying = await order(test, line, [RENEW]);
    assert.equal(paying.attempt?.state, 'pending', kind);
    await visitPage(paying);
    assert.equal((await comeBack(test, paying)).state, 'applied', kind);
    assert.equal(test.simulator.state().payments.length, 2, kind);
    await end(test);
  }
});

test('a saved card charged with the answer lost is found out at once and charged once (P2) [PAY-5]', async (t) => {
  for (const card of ['answer_lost', 'answer_500', 'slow'] as const) {
    const test = await testHouse(t);
    const line = await activeLine(test);
    const { person, method } = await personWithCard(test, line, card);
    const paying = await order(test, line, [RENEW], { asker: person, way: { kind: 'saved', savedMethodId: method.savedMethodId } });
    assert.equal(paying.order.state, 'applied', card);
    await end(test);
  }
});

test('a provider that cannot be reached leaves the outcome unknown; the janitor asks until it ends (P2) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const { person, method } = await personWithCard(test, line);
  test.simulator.setFaults([
    { on: 'POST /v1/payment_intents', kind: 'error_500', times: 1 },
    { on: 'GET /v1/', kind: 'error_500_before', times: 2 },
  ]);
  const paying = await order(test, line, [RENEW], { asker: person, way: { kind: 'saved', savedMethodId: method.savedMethodId } });
  assert.deepEqual([paying.order.state, paying.attempt?.state], ['placed', 'unknown']);
  test.simulator.setFaults([]);
  test.clock.advance(MINUTE_MS);
  await runJanitor(test);
  assert.equal((await orderNow(test, paying.order)).state, 'applied');
  await end(test);
});

test('nothing reached the provider: known for sure past its horizon only, and the order is cancelled (P2) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  test.simulator.setFaults([{ on: 'POST /v1/', kind: 'lost_before', times: 3 }]);
  const paying = await order(test, line, [RENEW]);
  assert.equal(paying.attempt?.state, 'unknown');
  test.simulator.setFaults([]);
  test.clock.advance(HOUR_MS - 1);
  await runJanitor(test);
  assert.equal((await attemptsNow(test, paying.order))[0]?.state, 'unknown');
  test.clock.advance(2 * HOUR_MS);
  await runJanitor(test);
  assert.equal((await orderNow(test, paying.order)).state, 'cancelled');
  await end(test);
});
