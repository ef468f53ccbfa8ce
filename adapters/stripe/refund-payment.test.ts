import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '#domain/money';
import {
  type Attempt,
  pursueRefund,
  type Refund,
  readAttempt,
  readRefund,
  recordRefundOutcome,
  refundable,
  refundsDue,
  startRefund,
} from '#domain/payments';
import { present } from '#platform/assert';
import { HOUR_MS, MINUTE_MS } from '#platform/clock';
import { isRefusal } from '#platform/refusals';
import { type FaultKind, payOnPage } from '#simulators/payment-provider';
import { type PaymentHouse, pageOf, paymentHouse } from '#tests/payment-house';

async function paid(house: PaymentHouse, card = '4242424242424242'): Promise<Attempt> {
  const pending = await (await house.newOrder()).pay();
  await payOnPage(pageOf(pending), { card });
  return house.ask(pending);
}

async function begin(house: PaymentHouse, attempt: Attempt, minor: bigint, key = 'one'): Promise<Refund> {
  const { database, tools, clock } = house;
  const start = { attempt, amount: money('USD', minor), key, reason: 'cancelled', transportAt: clock.transport() };
  const refund = await database.transaction((tx) => startRefund(tools, tx, start));
  assert.ok(!isRefusal(refund));
  return refund;
}

async function pursue(house: PaymentHouse, refund: Refund): Promise<Refund> {
  const { database, providers, clock } = house;
  const outcome = await pursueRefund(providers, refund, clock.transport());
  return database.transaction((tx) => recordRefundOutcome(tx, { refund, outcome, transportAt: clock.transport() }));
}

async function leftOf(house: PaymentHouse, attempt: Attempt): Promise<bigint> {
  return refundable(present(await readAttempt(house.database, attempt), 'it is there')).minor;
}

test('a refund goes back by the original method, in parts, and never beyond what was taken [PAY-6]', async (t) => {
  const house = await paymentHouse(t);
  const attempt = await paid(house);
  assert.equal((await pursue(house, await begin(house, attempt, 631n))).state, 'succeeded');
  assert.equal((await pursue(house, await begin(house, attempt, 1000n, 'two'))).state, 'succeeded');
  assert.deepEqual(house.simulator.state().totals, { usd: { captured: 1631, refunded: 1631 } });
  assert.equal(await leftOf(house, attempt), 0n);
});

test('a refund the bank takes its time for is pending, and asked about until it is through [PAY-6]', async (t) => {
  const house = await paymentHouse(t);
  const refund = await pursue(house, await begin(house, await paid(house, '4000000000007726'), 1631n));
  assert.equal(refund.state, 'pending');
  await house.simulator.deliverAll();
  house.clock.advance(MINUTE_MS);
  const [due] = await refundsDue(house.database, house.clock.transport(), 10);
  assert.equal((await pursue(house, present(due, 'it is due'))).state, 'succeeded');
  assert.deepEqual(await refundsDue(house.database, house.clock.transport(), 10), []);
});

test('a refund that the bank sends back after it succeeded has failed, and its amount can be refunded again [PAY-6]', async (t) => {
  const house = await paymentHouse(t);
  const attempt = await paid(house, '4000000000005126');
  const refund = await pursue(house, await begin(house, attempt, 1631n));
  assert.equal(refund.state, 'succeeded');
  assert.equal(await leftOf(house, attempt), 0n);
  await house.simulator.deliverAll();
  const failed = await pursue(house, refund);
  assert.deepEqual([failed.state, failed.failure], ['failed', 'lost_or_stolen_card']);
  assert.equal(await leftOf(house, attempt), 1631n);
  assert.deepEqual(await pursue(house, failed), failed);
});

const FAULTS: readonly FaultKind[] = ['error_500_before', 'error_500', 'lost_before', 'lost', 'slow', 'rate_limit', 'garbage'];

for (const kind of FAULTS)
  test(`a refund that meets ${kind} is made once, in the end [PAY-6]`, async (t) => {
    const house = await paymentHouse(t, { timeoutMs: 250 });
    const attempt = await paid(house);
    house.simulator.setFaults([{ on: 'POST /v1/refunds', kind, times: 1 }]);
    let refund = await pursue(house, await begin(house, attempt, 1000n));
    assert.equal(refund.state, 'unknown');
    for (let minutes = 0; minutes < 48 * 60 && refund.endedAt === null; minutes += 1) {
      house.clock.advance(MINUTE_MS);
      for (const due of await refundsDue(house.database, house.clock.transport(), 10)) refund = await pursue(house, due);
    }
    assert.equal(refund.state, 'succeeded');
    assert.deepEqual(house.simulator.state().totals, { usd: { captured: 1631, refunded: 1000 } });
  });

test('a refund that is refused for the time being is tried again after 1 min, 5 min, 1 h and daily [PAY-6]', async (t) => {
  const house = await paymentHouse(t);
  const attempt = await paid(house);
  house.simulator.setFaults([{ on: 'POST /v1/refunds', kind: 'refused', times: 5 }]);
  let refund = await pursue(house, await begin(house, attempt, 1000n));
  const tried: number[] = [];
  for (let minutes = 1; minutes <= 3 * 24 * 60 && refund.endedAt === null; minutes += 1) {
    house.clock.advance(MINUTE_MS);
    for (const due of await refundsDue(house.database, house.clock.transport(), 10)) {
      tried.push(minutes);
      refund = await pursue(house, due);
    }
  }
  assert.deepEqual(tried, [1, 5, 60, 24 * 60, 2 * 24 * 60]);
  assert.deepEqual([refund.state, refund.tryNo], ['succeeded', 6]);
});

test('"came to nothing", heard twice about one try, begins one other try and not two', async (t) => {
  const house = await paymentHouse(t, { timeoutMs: 250 });
  const attempt = await paid(house);
  house.simulator.setFaults([{ on: 'POST /v1/refunds', kind: 'lost_before', times: 1 }]);
  const unknown = await pursue(house, await begin(house, attempt, 1000n));
  house.clock.advance(HOUR_MS);
  const [one, two] = await Promise.all([pursue(house, unknown), pursue(house, unknown)]);
  assert.deepEqual([one.tryNo, two.tryNo], [2, 2]);
  const current = present(await readRefund(house.database, unknown), 'it is there');
  assert.deepEqual([current.state, current.tryNo], ['started', 2]);
  assert.equal((await pursue(house, current)).state, 'succeeded');
  assert.equal(house.simulator.state().counts.refunds, 1);
});

test('a charge that is disputed, or was refunded at the provider’s console, is refused for good and needs a person', async (t) => {
  const house = await paymentHouse(t);
  const attempt = await paid(house, '4000000000000259');
  const refund = await begin(house, attempt, 1631n);
  await house.simulator.deliverAll();
  const failed = await pursue(house, refund);
  assert.deepEqual([failed.state, failed.failure], ['failed', 'charge_disputed']);
  assert.equal(await leftOf(house, attempt), 1631n);
});
