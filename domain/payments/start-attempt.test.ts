import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '#domain/money';
import { isRefusal } from '#platform/refusals';
import { type TestDatabase, testDatabase } from '#tests/database';
import {
  type Attempt,
  type AttemptStart,
  attemptsOfOrder,
  type Intent,
  listSavedMethods,
  lockAttempt,
  type Outcome,
  openIntent,
  readAttempt,
  recordOutcome,
  type StartAttemptRefusal,
  startAttempt,
} from './index.ts';

const BY_PAGE = { kind: 'page', provider: 'stripe', saveMethod: false } as const;

async function intentIn({ database, tools, clock }: TestDatabase, personId: bigint | null = null): Promise<Intent> {
  const transportAt = clock.transport();
  const order = { slot: 5, accountId: tools.mintId(5), orderId: tools.mintId(5), personId, amount: money('USD', 1631n), transportAt };
  return database.transaction((tx) => openIntent(tools, tx, order));
}

function start(base: TestDatabase, intent: Intent, more: Partial<AttemptStart> = {}): Promise<Attempt | StartAttemptRefusal> {
  const { database, tools, clock } = base;
  const request = { intent, method: BY_PAGE, key: 'one', transportAt: clock.transport(), ...more };
  return database.transaction((tx) => startAttempt(tools, tx, request));
}

function record({ database, tools, clock }: TestDatabase, attempt: Attempt, outcome: Outcome): Promise<Attempt> {
  return database.transaction(async (tx) => {
    const was = await lockAttempt(tx, attempt);
    return recordOutcome(tools, tx, { was, outcome, transportAt: clock.transport() });
  });
}

const succeeded = (minor: bigint, providerId = 'pi_1'): Outcome => ({
  kind: 'succeeded',
  providerId,
  captured: money('USD', minor),
  method: { kind: 'card', brand: 'visa', last4: '4242', expires: '2044-12' },
});

function started(result: Attempt | StartAttemptRefusal): Attempt {
  assert.ok(!isRefusal(result), isRefusal(result) ? result.code : '');
  return result;
}

function refused(result: Attempt | StartAttemptRefusal): string {
  assert.ok(isRefusal(result));
  return result.code;
}

test('an order has one intent, however often and from wherever it is opened', async (t) => {
  const base = await testDatabase(t);
  const { database, tools, clock } = base;
  const order = {
    slot: 5,
    accountId: tools.mintId(5),
    orderId: tools.mintId(5),
    personId: null,
    amount: money('USD', 1631n),
    transportAt: clock.transport(),
  };
  const opened = await Promise.all([1, 2, 3, 4].map(() => database.transaction((tx) => openIntent(tools, tx, order))));
  assert.equal(new Set(opened.map((intent) => intent.intentId)).size, 1);
  await assert.rejects(
    database.transaction((tx) => openIntent(tools, tx, { ...order, amount: money('USD', 1n) })),
    /one amount/,
  );
});

test('the same key is the same attempt; the same key for something else is refused', async (t) => {
  const base = await testDatabase(t);
  const intent = await intentIn(base);
  const first = started(await start(base, intent));
  assert.deepEqual(started(await start(base, intent)), first);
  assert.equal(refused(await start(base, intent, { method: { ...BY_PAGE, choice: 'alipay' } })), 'payments.key_reused');
});

test('a double click on two connections starts one attempt', async (t) => {
  const base = await testDatabase(t);
  const intent = await intentIn(base);
  const both = await Promise.all([start(base, intent), start(base, intent), start(base, intent)]);
  assert.equal(new Set(both.map((result) => started(result).attemptId)).size, 1);
});

test('two tabs on two connections, each with its own key: one attempt is live, the other is refused', async (t) => {
  const base = await testDatabase(t);
  const intent = await intentIn(base);
  const both = await Promise.all(['a', 'b', 'c'].map((key) => start(base, intent, { key })));
  assert.equal(both.filter((result) => !isRefusal(result)).length, 1);
  assert.deepEqual([...new Set(both.flatMap((one) => (isRefusal(one) ? [one.code] : [])))], ['payments.attempt_open']);
});

test('two tabs that both choose to pay again leave one live attempt, and the rest superseded', async (t) => {
  const base = await testDatabase(t);
  const intent = await intentIn(base);
  await start(base, intent);
  await Promise.all(['a', 'b'].map((key) => start(base, intent, { key, supersede: true })));
  const attempts = await attemptsOfOrder(base.database, intent);
  assert.equal(attempts.length, 3);
  assert.equal(attempts.filter((attempt) => attempt.supersededAt === null).length, 1);
});

test('paying again supersedes the open attempt; its late success is recorded beside the new one', async (t) => {
  const base = await testDatabase(t);
  const intent = await intentIn(base);
  const first = started(await start(base, intent));
  assert.equal(refused(await start(base, intent, { key: 'two' })), 'payments.attempt_open');
  const second = started(await start(base, intent, { key: 'two', supersede: true }));
  assert.equal((await record(base, second, succeeded(1631n, 'pi_2'))).state, 'succeeded');
  const late = await record(base, first, succeeded(1631n));
  assert.equal(late.state, 'succeeded');
  assert.ok(late.supersededAt);
});

test('what is paid is not paid again; what was declined, superseded or paid short may be', async (t) => {
  const base = await testDatabase(t);
  const paid = await intentIn(base);
  await record(base, started(await start(base, paid)), succeeded(1631n));
  assert.equal(refused(await start(base, paid, { key: 'two' })), 'payments.already_paid');
  assert.equal(refused(await start(base, paid, { key: 'two', supersede: true })), 'payments.already_paid');

  const declined = await intentIn(base);
  await record(base, started(await start(base, declined)), { kind: 'declined', reason: 'expired_card' });
  started(await start(base, declined, { key: 'two' }));

  const short = await intentIn(base);
  await record(base, started(await start(base, short)), succeeded(1471n, 'pi_3'));
  started(await start(base, short, { key: 'two' }));
});

test('a saved method is a person’s own: a guest and a stranger have none', async (t) => {
  const base = await testDatabase(t);
  const { tools } = base;
  const owner = tools.mintId(9);
  const keeping = started(await start(base, await intentIn(base, owner), { method: { ...BY_PAGE, saveMethod: true } }));
  const method = { kind: 'card', savedMethodReference: 'pm_1' } as const;
  await record(base, keeping, {
    kind: 'succeeded',
    providerId: 'pi_1',
    captured: money('USD', 1631n),
    method,
    handles: { customer: 'cus_1' },
  });
  const [saved] = await listSavedMethods(base.database, owner);
  assert.ok(saved);
  const bySaved = { kind: 'saved', savedMethodId: saved.savedMethodId } as const;
  for (const personId of [null, tools.mintId(9)])
    assert.equal(refused(await start(base, await intentIn(base, personId), { method: bySaved })), 'payments.saved_method_unknown');
  const charged = started(await start(base, await intentIn(base, owner), { method: bySaved }));
  assert.deepEqual([charged.way, charged.methodReference, charged.handles.customer], ['saved', 'pm_1', 'cus_1']);
  assert.deepEqual(await readAttempt(base.database, charged), charged);
});

test('a guest’s next attempt belongs to the same customer at the provider', async (t) => {
  const base = await testDatabase(t);
  const intent = await intentIn(base);
  const first = started(await start(base, intent));
  await record(base, first, { kind: 'unknown', cause: 'time-out', handles: { customer: 'cus_7' } });
  const second = started(await start(base, intent, { key: 'two', supersede: true }));
  assert.equal(second.handles.customer, 'cus_7');
});
