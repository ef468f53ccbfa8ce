/** reliability.md P2: whatever becomes of a request and its answer, the outcome is found by asking, and money matches. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '#domain/money';
import { type Attempt, attemptsDueForAsking, isLive, listSavedMethods, sendAttempt } from '#domain/payments';
import { HOUR_MS, MINUTE_MS } from '#platform/clock';
import { type FaultKind, payOnPage } from '#simulators/payment-provider';
import { CONTEXT, type PaymentHouse, pageOf, paymentHouse } from '#tests/payment-house';

const FAULTS: readonly FaultKind[] = ['error_500_before', 'error_500', 'lost_before', 'lost', 'slow', 'rate_limit', 'garbage'];
const HASTY = { timeoutMs: 250 };

/** Asks when it is due, as the janitor does, until nobody has to ask. */
async function askUntilEnded(house: PaymentHouse, attempt: Attempt): Promise<Attempt> {
  let current = attempt;
  for (const afterMs of [0, MINUTE_MS, 5 * MINUTE_MS, HOUR_MS, 25 * HOUR_MS]) {
    house.clock.transportMs = attempt.startedAt.getTime() + afterMs;
    if (isLive(current) && current.pageUrl === null) current = await house.ask(current);
  }
  return current;
}

function captured(house: PaymentHouse): number {
  return house.simulator.state().totals['usd']?.captured ?? 0;
}

/** What these leave behind is done at the provider, whatever the caller heard. */
const DONE: readonly FaultKind[] = ['error_500', 'lost', 'slow', 'garbage'];

for (const kind of FAULTS)
  test(`a page whose making meets ${kind} is found at once when it was made, else it is not attempted [PAY-5]`, async (t) => {
    const house = await paymentHouse(t, HASTY);
    house.simulator.setFaults([{ on: 'POST /v1/checkout/sessions', kind, times: 1 }]);
    const sent = await (await house.newOrder()).pay();
    assert.equal(sent.state, DONE.includes(kind) ? 'pending' : 'unknown');
    if (sent.pageUrl !== null) await payOnPage(sent.pageUrl, { card: '4242424242424242' });
    const ended = sent.pageUrl === null ? await askUntilEnded(house, sent) : await house.ask(sent);
    assert.equal(ended.state, DONE.includes(kind) ? 'succeeded' : 'not_attempted');
    assert.equal(captured(house), DONE.includes(kind) ? 1631 : 0);
  });

for (const kind of FAULTS)
  test(`a customer whose making meets ${kind} leaves no page, and the attempt ends as not attempted [PAY-5]`, async (t) => {
    const house = await paymentHouse(t, HASTY);
    house.simulator.setFaults([{ on: 'POST /v1/customers', kind, times: 1 }]);
    const sent = await (await house.newOrder()).pay();
    assert.equal(sent.state, 'unknown');
    assert.equal((await askUntilEnded(house, sent)).state, 'not_attempted');
    assert.equal(house.simulator.state().counts.sessions, 0);
  });

// A 500 before anything was done is stored under the key and repeated: there only another attempt helps.
for (const kind of FAULTS.filter((one) => one !== 'error_500_before'))
  test(`a page whose making met ${kind} is had by sending the same attempt again, once`, async (t) => {
    const house = await paymentHouse(t, HASTY);
    house.simulator.setFaults([{ on: 'POST /v1/checkout/sessions', kind, times: 1 }]);
    const sent = await (await house.newOrder()).pay();
    const again = await sendAttempt(house.providers, sent, CONTEXT, house.clock.transport());
    assert.equal(again.kind, 'pending');
    assert.equal(house.simulator.state().counts.sessions, 1);
  });

async function savedMethod(house: PaymentHouse): Promise<{ readonly personId: bigint; readonly savedMethodId: bigint }> {
  const personId = house.tools.mintId(900);
  const pending = await (await house.newOrder({ personId, amount: money('USD', 100n) })).pay({
    method: { kind: 'page', provider: 'stripe', saveMethod: true },
  });
  await payOnPage(pageOf(pending), { card: '4242424242424242' });
  await house.ask(pending);
  const [saved] = await listSavedMethods(house.database, personId);
  assert.ok(saved);
  return { personId, savedMethodId: saved.savedMethodId };
}

for (const kind of FAULTS)
  test(`a charge that meets ${kind} is recorded as it went, and charged once`, async (t) => {
    const house = await paymentHouse(t, HASTY);
    const { personId, savedMethodId } = await savedMethod(house);
    const before = captured(house);
    house.simulator.setFaults([{ on: 'POST /v1/payment_intents', kind, times: 1 }]);
    const order = await house.newOrder({ personId, amount: money('USD', 500n) });
    const sent = await order.pay({ method: { kind: 'saved', savedMethodId } });
    const ended = await askUntilEnded(house, sent);
    assert.equal(ended.state, DONE.includes(kind) ? 'succeeded' : 'not_attempted');
    assert.equal(captured(house) - before, DONE.includes(kind) ? 500 : 0);
  });

test('a charge repeated within the window is charged once; past the horizon nothing is sent any more', async (t) => {
  const house = await paymentHouse(t, HASTY);
  const { personId, savedMethodId } = await savedMethod(house);
  const before = captured(house);
  house.simulator.setFaults([
    { on: 'POST /v1/payment_intents', kind: 'lost', times: 1 },
    { on: 'GET /v1/payment_intents', kind: 'error_500', times: 1 },
  ]);
  const sent = await (await house.newOrder({ personId, amount: money('USD', 500n) })).pay({ method: { kind: 'saved', savedMethodId } });
  assert.equal(sent.state, 'unknown');
  assert.equal((await sendAttempt(house.providers, sent, CONTEXT, house.clock.transport())).kind, 'succeeded');
  assert.equal(captured(house) - before, 500);

  house.simulator.setFaults([{ on: 'POST /v1/payment_intents', kind: 'lost_before', times: 1 }]);
  const never = await (await house.newOrder({ personId, amount: money('USD', 700n) })).pay({ method: { kind: 'saved', savedMethodId } });
  assert.equal(never.state, 'unknown');
  house.clock.advance(59 * MINUTE_MS);
  assert.equal((await sendAttempt(house.providers, never, CONTEXT, house.clock.transport())).kind, 'unknown');
  house.clock.advance(MINUTE_MS);
  assert.equal((await sendAttempt(house.providers, never, CONTEXT, house.clock.transport())).kind, 'not_attempted');
  assert.equal(captured(house) - before, 500);
});

test('the provider out of reach teaches nothing: unknown for as long as that lasts, and found when it is back', async (t) => {
  const house = await paymentHouse(t, HASTY);
  const pending = await (await house.newOrder()).pay();
  await payOnPage(pageOf(pending), { card: '4242424242424242' });
  house.simulator.setFaults([{ on: 'GET', kind: 'error_500', times: 3 }]);
  for (const afterMs of [MINUTE_MS, HOUR_MS, 30 * HOUR_MS]) {
    house.clock.transportMs = pending.startedAt.getTime() + afterMs;
    assert.equal((await house.ask(pending)).state, 'pending');
  }
  assert.equal((await house.ask(pending)).state, 'succeeded');
});

test('a provider where nobody listens is unknown, and never throws', async (t) => {
  const house = await paymentHouse(t, HASTY);
  const order = await house.newOrder();
  await house.simulator.close();
  const sent = await order.pay();
  assert.equal(sent.state, 'unknown');
  assert.equal((await house.ask(sent)).state, 'unknown');
});

test('an attempt whose process died before it sent anything is asked about a minute later and ends within the hour', async (t) => {
  const house = await paymentHouse(t, HASTY);
  const order = await house.newOrder();
  const started = await order.start();
  assert.ok('attemptId' in started);
  assert.deepEqual(await attemptsDueForAsking(house.database, house.clock.transport(), 10), []);
  const asked: string[] = [];
  for (let minutes = 1; minutes <= 62; minutes += 1) {
    house.clock.advance(MINUTE_MS);
    for (const due of await attemptsDueForAsking(house.database, house.clock.transport(), 10))
      asked.push(`${minutes} ${(await house.ask(due)).state}`);
  }
  assert.deepEqual(asked, ['1 unknown', '5 unknown', '60 not_attempted']);
});

test('a customer whose making was answered 500 is searched for, and found once the index knows it', async (t) => {
  const house = await paymentHouse(t, { ...HASTY, times: { searchLagMs: 10 * MINUTE_MS } });
  house.simulator.setFaults([{ on: 'POST /v1/customers', kind: 'error_500', times: 1 }]);
  const sent = await (await house.newOrder()).pay();
  assert.equal(sent.state, 'unknown');
  assert.equal(sent.handles.customer, undefined);
  assert.equal(house.simulator.state().counts.customers, 1);
  house.clock.advance(11 * MINUTE_MS);
  assert.equal((await house.ask(sent)).state, 'unknown');
  house.clock.advance(50 * MINUTE_MS);
  assert.equal((await house.ask(sent)).state, 'not_attempted');
});
