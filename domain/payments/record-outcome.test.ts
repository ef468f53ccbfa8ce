import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { money } from '#domain/money';
import { isRefusal } from '#platform/refusals';
import { type TestDatabase, testDatabase } from '#tests/database';
import {
  type Attempt,
  attemptsDueForAsking,
  findAttempt,
  listSavedMethods,
  lockAttempt,
  type Outcome,
  openIntent,
  readAttempt,
  recordOutcome,
  startAttempt,
} from './index.ts';

async function started(base: TestDatabase, personId: bigint | null = null): Promise<Attempt> {
  const { database, tools, clock } = base;
  const transportAt = clock.transport();
  const order = { slot: 5, accountId: tools.mintId(5), orderId: tools.mintId(5), personId, amount: money('USD', 500n), transportAt };
  const attempt = await database.transaction(async (tx) => {
    const intent = await openIntent(tools, tx, order);
    const method = { kind: 'page', provider: 'stripe', saveMethod: personId !== null } as const;
    return startAttempt(tools, tx, { intent, method, key: 'one', transportAt });
  });
  assert.ok(!isRefusal(attempt));
  return attempt;
}

function record({ database, tools, clock }: TestDatabase, attempt: Attempt, outcome: Outcome): Promise<Attempt> {
  return database.transaction(async (tx) => {
    const was = await lockAttempt(tx, attempt);
    return recordOutcome(tools, tx, { was, outcome, transportAt: clock.transport() });
  });
}

const paid = (providerId: string, savedMethodReference?: string): Outcome => ({
  kind: 'succeeded',
  providerId,
  captured: money('USD', 500n),
  method: { kind: 'card', brand: 'visa', last4: '4242', expires: '2030-01', savedMethodReference },
  handles: { customer: 'cus_1' },
});

test('what is recorded is what is read again, and is found by the provider’s id', async (t) => {
  const base = await testDatabase(t);
  const attempt = await record(base, await started(base), paid('pi_77'));
  assert.deepEqual(await readAttempt(base.database, attempt), attempt);
  assert.deepEqual(await findAttempt(base.database, { provider: 'stripe', providerId: 'pi_77' }), attempt);
  assert.deepEqual(await findAttempt(base.database, { provider: 'stripe', attemptId: attempt.attemptId }), attempt);
  assert.equal(await findAttempt(base.database, { provider: 'paypal', providerId: 'pi_77' }), undefined);
  assert.equal(await findAttempt(base.database, { provider: 'stripe', attemptId: 5n }), undefined);
});

test('a late success is recorded though it was taken for not attempted', async (t) => {
  const base = await testDatabase(t);
  const attempt = await record(base, await started(base), { kind: 'not_attempted', cause: 'past the horizon' });
  assert.deepEqual([attempt.state, attempt.askAt], ['not_attempted', null]);
  base.clock.advance(60_000);
  const late = await record(base, attempt, paid('pi_1'));
  assert.deepEqual([late.state, late.endedAt], ['succeeded', base.clock.transport()]);
});

test('a method is kept once, and not again after it was forgotten', async (t) => {
  const base = await testDatabase(t);
  const personId = base.tools.mintId(8);
  const attempt = await started(base, personId);
  await Promise.all([record(base, attempt, paid('pi_1', 'pm_1')), record(base, attempt, paid('pi_1', 'pm_1'))]);
  assert.equal((await listSavedMethods(base.database, personId)).length, 1);
});

test('two nodes that heard differently agree: a success stands, whoever comes first', async (t) => {
  const base = await testDatabase(t);
  for (const other of [
    { kind: 'declined', reason: 'generic' },
    { kind: 'not_attempted', cause: '' },
    { kind: 'pending' },
    { kind: 'unknown', cause: '' },
  ] as const) {
    const attempt = await started(base);
    await Promise.all([record(base, attempt, other), record(base, attempt, paid(`pi_${attempt.attemptId}`)), record(base, attempt, other)]);
    assert.equal((await readAttempt(base.database, attempt))?.state, 'succeeded', other.kind);
  }
});

test('whatever is heard in whatever order: a success stands, nothing else outlives an end, and the live are asked about [P7]', async (t) => {
  const base = await testDatabase(t);
  const outcome = fc.constantFrom<Outcome>(
    { kind: 'declined', reason: 'expired_card' },
    { kind: 'not_attempted', cause: 'x' },
    { kind: 'pending', pageUrl: 'https://pay.example/1' },
    { kind: 'unknown', cause: 'x' },
    paid('pi'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(outcome, { minLength: 1, maxLength: 8 }), async (heard) => {
      const attempt = await started(base);
      let current = attempt;
      // Each attempt has a payment of its own at the provider.
      const own = (one: Outcome): Outcome => (one.kind === 'succeeded' ? { ...one, providerId: `pi_${attempt.attemptId}` } : one);
      for (const one of heard) current = await record(base, current, own(one));
      const kinds = heard.map((one) => one.kind);
      const firstEnd = kinds.find((kind) => kind === 'declined' || kind === 'not_attempted');
      const expected = kinds.includes('succeeded') ? 'succeeded' : (firstEnd ?? (kinds.includes('pending') ? 'pending' : 'unknown'));
      assert.equal(current.state, expected);
      assert.deepEqual(await readAttempt(base.database, attempt), current);
      base.clock.advance(60_000);
      const due = await attemptsDueForAsking(base.database, base.clock.transport(), 1000);
      assert.equal(
        due.some((one) => one.attemptId === attempt.attemptId),
        current.askAt !== null,
      );
    }),
    { numRuns: 40 },
  );
});
