import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLive } from '#domain/payments';
import { HOUR_MS, MINUTE_MS } from '#platform/clock';
import { parseStatement } from '#platform/database';
import {
  activeLine,
  allowed,
  attemptsNow,
  checkInvariants,
  comeBack,
  deliverWebhooks,
  drainOutbox,
  OPERATOR,
  openWebhookDoor,
  order,
  orderNow,
  RENEW,
  runJanitor,
  stateOf,
  type TestHouse,
  testHouse,
  visitPage,
} from '#tests/house';
import { meetOn, ofAccount } from '#tests/meeting';
import { cancelOrder } from './cancel-order.ts';
import { handleEvent } from './handle-event.ts';
import { refundOrder } from './refund-order.ts';

const RENEWED = new Date('2027-01-03T05:00:00Z');
const readClaims = parseStatement('test.claims', 'select event_reference from payments.provider_event');

async function end(test: TestHouse): Promise<void> {
  await runJanitor(test);
  await drainOutbox(test);
  await checkInvariants(test);
}

/** A line paid for once, whose webhooks have been delivered; the next one is what the test is about. */
async function lineAtRest(test: TestHouse) {
  const line = await activeLine(test);
  await deliverWebhooks(test);
  return line;
}

for (const [card, answers] of [
  ['good', [200]],
  ['webhook_twice', [200]],
  ['webhook_early', []],
  ['webhook_late', [200]],
  ['webhook_out_of_order', [200]],
  ['webhook_forged', [400]],
  ['webhook_expired', [400]],
  ['webhook_never', []],
] as const)
  test(`webhooks in the manner of ${card}: paid once, in effect once, whoever tells it first (P1, P7) [PAY-5]`, async (t) => {
    for (const turn of ['webhook first', 'return first'] as const) {
      const test = await testHouse(t);
      const line = await lineAtRest(test);
      const paying = await order(test, line, [RENEW]);
      await visitPage(paying, card);
      if (turn === 'return first') await comeBack(test, paying);
      const got = await deliverWebhooks(test);
      assert.deepEqual([...new Set(got)], answers, turn);
      const hears = answers[0] === 200 || turn === 'return first';
      assert.equal((await orderNow(test, paying.order)).state, hears ? 'applied' : 'placed', turn);
      test.clock.advance(MINUTE_MS);
      await runJanitor(test);
      assert.equal((await comeBack(test, paying)).state, 'applied', turn);
      assert.deepEqual((await stateOf(test, line)).line.paidUntil, RENEWED, turn);
      await end(test);
    }
  });

test('an early webhook, before the answer to the page, settles in line (P7) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await lineAtRest(test);
  const door = await openWebhookDoor(test);
  t.after(() => door.close());
  test.simulator.setWebhookUrl(door.url);
  const paying = await order(test, line, [RENEW]);
  await visitPage(paying, 'webhook_early');
  assert.equal((await orderNow(test, paying.order)).state, 'applied');
  assert.ok(door.answers.length > 0 && door.answers.every((status) => status === 200));
  test.simulator.setWebhookUrl(undefined);
  await end(test);
});

test('one event delivered twice at once is done once, and both are answered (P7) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await lineAtRest(test);
  const paying = await order(test, line, [RENEW]);
  await visitPage(paying);
  const attemptId = paying.attempt?.attemptId;
  const event = {
    provider: 'stripe',
    eventId: 'evt_x',
    kind: 'payment',
    attemptId,
    refundId: undefined,
    providerId: undefined,
    dispute: undefined,
  } as const;
  const works = [() => handleEvent(test.house, event), () => handleEvent(test.house, event)] as const;
  assert.deepEqual(await meetOn(test.database, ofAccount(line), works), ['done', 'done']);
  assert.deepEqual((await stateOf(test, line)).line.paidUntil, RENEWED);
  const claims = (await test.database.query(readClaims, {})) as { eventReference: string }[];
  assert.equal(claims.filter((claim) => claim.eventReference === 'evt_x').length, 1);
  await end(test);
});

test('a webhook whose look-up fails is answered all the same, and the janitor asks again (P1) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await lineAtRest(test);
  const paying = await order(test, line, [RENEW]);
  await visitPage(paying);
  test.simulator.setFaults([{ on: 'GET /v1/', kind: 'error_500_before', times: 100 }]);
  assert.deepEqual([...new Set(await deliverWebhooks(test))], [200]);
  assert.equal((await orderNow(test, paying.order)).state, 'placed');
  test.simulator.setFaults([]);
  test.clock.advance(MINUTE_MS);
  await runJanitor(test);
  assert.equal((await orderNow(test, paying.order)).state, 'applied');
  await end(test);
});

test('a webhook about nothing of ours is for somebody else', async (t) => {
  const test = await testHouse(t);
  const base = {
    provider: 'stripe',
    eventId: 'evt_y',
    kind: 'payment',
    attemptId: 1n,
    refundId: undefined,
    providerId: 'pi_of_somebody',
    dispute: undefined,
  } as const;
  assert.equal(await handleEvent(test.house, base), 'unknown_subject');
  assert.equal(await handleEvent(test.house, { ...base, attemptId: undefined, providerId: undefined, kind: 'dispute' }), 'unknown_subject');
});

test('a webhook for a cancelled order that was paid all the same sends the money back (P5) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await lineAtRest(test);
  const paying = await order(test, line, [RENEW]);
  test.simulator.setFaults([{ on: 'GET /v1/', kind: 'error_500_before', times: 2 }]);
  allowed(await cancelOrder(test.house, OPERATOR, paying.order));
  test.simulator.setFaults([]);
  await visitPage(paying, 'webhook_twice');
  await deliverWebhooks(test);
  assert.equal((await orderNow(test, paying.order)).state, 'refunded');
  assert.ok((await attemptsNow(test, paying.order)).every((attempt) => !isLive(attempt)));
  await end(test);
});

test('a dispute is booked when the bank takes the money and again when it gives it back, once each (L8) [PAY-5]', async (t) => {
  for (const verdict of ['won', 'lost'] as const) {
    const test = await testHouse(t);
    const line = await activeLine(test);
    const paying = await order(test, line, [RENEW]);
    await visitPage(paying, 'dispute');
    await comeBack(test, paying);
    test.simulator.setManner('twice');
    await deliverWebhooks(test);
    await end(test);
    const [dispute] = test.simulator.state().disputes;
    assert.ok(dispute);
    await fetch(`${test.simulator.url}/_simulator/disputes/${dispute.id}/${verdict}`, { method: 'POST' });
    await deliverWebhooks(test);
    await deliverWebhooks(test);
    assert.equal((await orderNow(test, paying.order)).state, 'delivered', verdict);
    await end(test);
  }
});

test('a dispute that was lost and won on appeal is booked both ways (L8) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paying = await order(test, line, [RENEW]);
  await visitPage(paying);
  await comeBack(test, paying);
  const [attempt] = await attemptsNow(test, paying.order);
  const news = (eventId: string, state: 'opened' | 'lost' | 'won') =>
    handleEvent(test.house, {
      ...{ provider: 'stripe', eventId, kind: 'dispute', attemptId: attempt?.attemptId, refundId: undefined, providerId: undefined },
      dispute: {
        disputeId: 'du_1',
        state,
        amount: { currency: 'USD', minor: 1751n },
        reason: 'fraudulent',
        toldAt: test.clock.transport(),
      },
    });
  await news('evt_1', 'opened');
  await news('evt_2', 'lost');
  await news('evt_2', 'lost');
  await news('evt_3', 'won');
  await news('evt_4', 'opened');
  await end(test);
});

test('what is disputed is not refunded too (P3) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paying = await order(test, line, [RENEW]);
  await visitPage(paying, 'dispute');
  const done = await comeBack(test, paying);
  await deliverWebhooks(test);
  const no = await refundOrder(test.house, OPERATOR, { order: done, key: 'r', asked: { kind: 'rest' }, reason: 'test' });
  assert.equal('code' in no ? no.code : '', 'payments.refund_exceeds_captured');
  await end(test);
});

test('a payment that comes to nothing and is disputed before we hear of it is with the payer already (L8) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await lineAtRest(test);
  const paying = await order(test, line, [RENEW]);
  await comeBack(test, paying);
  test.simulator.setFaults([{ on: 'GET /v1/', kind: 'error_500_before', times: 2 }]);
  allowed(await cancelOrder(test.house, OPERATOR, paying.order));
  test.simulator.setFaults([]);
  await visitPage(paying, 'dispute');
  const [attempt] = await attemptsNow(test, paying.order);
  const [payment] = test.simulator.state().payments;
  await fetch(`${test.simulator.url}/_simulator/payments/${payment?.id}/dispute`, { method: 'POST' });
  const [dispute] = test.simulator.state().disputes;
  assert.ok(attempt && dispute);
  const taken = {
    disputeId: dispute.id,
    state: 'opened',
    amount: { currency: 'USD', minor: BigInt(dispute.amount) },
    reason: 'fraudulent',
    toldAt: test.clock.transport(),
  } as const;
  await handleEvent(test.house, {
    provider: 'stripe',
    eventId: 'evt_d',
    kind: 'dispute',
    attemptId: attempt.attemptId,
    refundId: undefined,
    providerId: undefined,
    dispute: taken,
  });
  await deliverWebhooks(test);
  assert.equal((await orderNow(test, paying.order)).state, 'refunded');
  test.clock.advance(HOUR_MS);
  await end(test);
});
