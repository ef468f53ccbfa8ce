import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { money } from '#domain/money';
import { present } from '#platform/assert';
import { isRefusal } from '#platform/refusals';
import { type TestDatabase, testDatabase } from '#tests/database';
import {
  type Attempt,
  findRefund,
  openIntent,
  type Refund,
  readAttempt,
  recordDispute,
  recordOutcome,
  recordRefundOutcome,
  refundable,
  refundsOfOrder,
  type StartRefundRefusal,
  startAttempt,
  startRefund,
} from './index.ts';

async function paid(base: TestDatabase, minor = 1000n): Promise<Attempt> {
  const { database, tools, clock } = base;
  const transportAt = clock.transport();
  const amount = money('USD', minor);
  return database.transaction(async (tx) => {
    const intent = await openIntent(tools, tx, {
      slot: 3,
      accountId: tools.mintId(3),
      orderId: tools.mintId(3),
      personId: null,
      amount,
      transportAt,
    });
    const method = { kind: 'page', provider: 'stripe', saveMethod: false } as const;
    const attempt = await startAttempt(tools, tx, { intent, method, key: 'one', transportAt });
    assert.ok(!isRefusal(attempt));
    const outcome = { kind: 'succeeded', providerId: `pi_${attempt.attemptId}`, captured: amount, method: { kind: 'card' } } as const;
    return recordOutcome(tools, tx, { was: attempt, outcome, transportAt });
  });
}

function start(base: TestDatabase, attempt: Attempt, minor: bigint, key: string): Promise<Refund | StartRefundRefusal> {
  const { database, tools, clock } = base;
  const request = { attempt, amount: money('USD', minor), key, reason: 'cancelled', transportAt: clock.transport() };
  return database.transaction((tx) => startRefund(tools, tx, request));
}

const current = async (base: TestDatabase, attempt: Attempt) => present(await readAttempt(base.database, attempt), 'it is there');

test('refunds that meet on two connections never exceed what was captured [P3]', async (t) => {
  const base = await testDatabase(t);
  const attempt = await paid(base);
  const results = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((key) => start(base, attempt, 400n, key)));
  assert.equal(results.filter((result) => !isRefusal(result)).length, 2);
  const [refusal] = results.flatMap((one) => (isRefusal(one) ? [one] : []));
  assert.equal(refusal?.code, 'payments.refund_exceeds_captured');
  assert.deepEqual(refusal?.values, { refundableMinor: 200n, currency: 'USD' });
  assert.equal(refundable(await current(base, attempt)).minor, 200n);
});

test('the same refund asked for on two connections is one refund', async (t) => {
  const base = await testDatabase(t);
  const attempt = await paid(base);
  const results = await Promise.all([1, 2, 3].map(() => start(base, attempt, 400n, 'same')));
  const ids = results.map((result) => (isRefusal(result) ? result.code : result.refundId));
  assert.equal(new Set(ids).size, 1);
  const other = await start(base, attempt, 401n, 'same');
  assert.equal(isRefusal(other) && other.code, 'payments.key_reused');
  const [refund] = await refundsOfOrder(base.database, attempt);
  assert.deepEqual(await findRefund(base.database, present(refund, 'it is there').refundId), refund);
});

test('nothing captured, nothing to refund', async (t) => {
  const base = await testDatabase(t);
  const { database, tools, clock } = base;
  const transportAt = clock.transport();
  const order = { slot: 3, accountId: tools.mintId(3), orderId: tools.mintId(3), personId: null, amount: money('USD', 5n), transportAt };
  const attempt = await database.transaction(async (tx) => {
    const intent = await openIntent(tools, tx, order);
    return startAttempt(tools, tx, { intent, method: { kind: 'page', provider: 'stripe', saveMethod: false }, key: 'one', transportAt });
  });
  assert.ok(!isRefusal(attempt));
  const refused = await start(base, attempt, 5n, 'a');
  assert.equal(isRefusal(refused) && refused.code, 'payments.nothing_captured');
});

test('what a bank took back in a dispute is not refunded as well [P3]', async (t) => {
  const base = await testDatabase(t);
  const { database, clock } = base;
  const attempt = await paid(base);
  const news = { disputeId: 'du_1', state: 'opened', amount: money('USD', 700n), reason: 'fraudulent', toldAt: clock.transport() } as const;
  await database.transaction((tx) => recordDispute(tx, { attempt, news, transportAt: clock.transport() }));
  const refused = await start(base, attempt, 301n, 'a');
  assert.equal(isRefusal(refused) && refused.code, 'payments.refund_exceeds_captured');
  assert.ok(!isRefusal(await start(base, attempt, 300n, 'b')));
  await database.transaction((tx) => recordDispute(tx, { attempt, news: { ...news, state: 'won' }, transportAt: clock.transport() }));
  assert.ok(!isRefusal(await start(base, attempt, 700n, 'c')));
});

test('news of one dispute on two connections is one dispute', async (t) => {
  const base = await testDatabase(t);
  const { database, clock } = base;
  const attempt = await paid(base);
  const news = {
    disputeId: 'du_1',
    state: 'opened',
    amount: money('USD', 1000n),
    reason: 'fraudulent',
    toldAt: clock.transport(),
  } as const;
  const record = () => database.transaction((tx) => recordDispute(tx, { attempt, news, transportAt: clock.transport() }));
  const changes = await Promise.all([record(), record(), record()]);
  assert.equal(changes.filter((change) => change !== undefined).length, 1);
  assert.equal((await current(base, attempt)).disputedMinor, 1000n);
});

test('any refunds, succeeding or failing, in any order: what is out never exceeds what came in [P3]', async (t) => {
  const base = await testDatabase(t);
  const { database, clock } = base;
  const step = fc.record({ minor: fc.bigInt({ min: 1n, max: 700n }), end: fc.constantFrom('succeeded', 'failed', 'open') });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const attempt = await paid(base);
      let out = 0n;
      for (const [index, { minor, end }] of steps.entries()) {
        const refund = await start(base, attempt, minor, String(index));
        assert.equal(isRefusal(refund), minor > 1000n - out);
        if (isRefusal(refund)) continue;
        out += end === 'failed' ? 0n : minor;
        if (end === 'open') continue;
        const done = { kind: 'succeeded', providerId: `re_${index}`, refunded: refund.amount } as const;
        const outcome = end === 'succeeded' ? done : ({ kind: 'failed', reason: 'no' } as const);
        await database.transaction((tx) => recordRefundOutcome(tx, { refund, outcome, transportAt: clock.transport() }));
      }
      assert.equal((await current(base, attempt)).refundingMinor, out);
    }),
    { numRuns: 25 },
  );
});
