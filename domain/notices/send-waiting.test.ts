import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE_MS } from '#platform/clock';
import { slotOf } from '#platform/ids';
import { testDatabase } from '#tests/database';
import { listNotices, nextNoticeDue, RETRY_AFTER_MS, type Senders, type SendOutcome, sendWaiting, waitUntilTold } from './index.ts';
import { applyOnce, SAMPLE_ACCOUNT, sampleEvent, sampleHouse } from './sample-house.ts';

/** Senders of a test's own: each remembers what it was given and answers as it is told. */
function recordingSenders(answer: () => SendOutcome | Promise<SendOutcome> = () => ({ kind: 'sent', answer: '250 ok' })) {
  const given: { channel: string; noticeId: bigint; to: string }[] = [];
  const sender = (channel: string) => ({
    async send({ noticeId, to }: { noticeId: bigint; to: string }): Promise<SendOutcome> {
      given.push({ channel, noticeId, to });
      return answer();
    },
  });
  const senders: Senders = { mail: sender('mail'), sms: sender('sms'), push: sender('push') };
  return { given, senders };
}

test('each waiting notice is handed to the sender of its channel, once [FX-3]', async (t) => {
  const { database, tools, clock } = await testDatabase(t, { startAt: '2026-12-01T17:00:00Z' });
  await applyOnce(tools, sampleEvent('orders.applied'), sampleHouse);
  const { given, senders } = recordingSenders();
  assert.deepEqual(await sendWaiting(tools, senders), { sent: 3, kept: 0, notNow: 0, failed: 0 });
  assert.deepEqual(await sendWaiting(tools, senders), { sent: 0, kept: 0, notNow: 0, failed: 0 });
  assert.deepEqual(given.map(({ channel, to }) => [channel, to]).sort(), [
    ['mail', 'li@example.org'],
    ['push', 'person_000000000000a'],
    ['sms', '+12065550142'],
  ]);
  for (const notice of await listNotices(database, {})) {
    assert.equal(notice.state, 'sent');
    assert.equal(notice.answer, '250 ok');
    assert.deepEqual(notice.endedAt, clock.transport());
  }
});

test('a channel nobody sends on keeps its notices for the outbox page', async (t) => {
  const { database, tools } = await testDatabase(t, { startAt: '2026-12-01T17:00:00Z' });
  await applyOnce(tools, sampleEvent('orders.applied'), sampleHouse);
  assert.deepEqual(await sendWaiting(tools, {}), { sent: 0, kept: 3, notNow: 0, failed: 0 });
  assert.deepEqual(new Set((await listNotices(database, {})).map((notice) => notice.state)), new Set(['kept']));
});

test('"not now", or a sender that throws, is tried again later, under the same id; after the last try it has failed', async (t) => {
  const { database, tools, clock } = await testDatabase(t, { startAt: '2026-12-01T17:00:00Z' });
  await applyOnce(tools, sampleEvent('orders.cancelled', { contacts: { email: 'li@example.org' } }), sampleHouse);
  let tries = 0;
  const { given, senders } = recordingSenders(() => {
    tries += 1;
    if (tries === 1) throw new Error('socket hang up');
    return { kind: 'not_now', answer: '451 busy' };
  });
  assert.equal((await sendWaiting(tools, senders)).notNow, 1);
  assert.equal((await sendWaiting(tools, senders)).notNow, 0, 'not before its time');
  for (const waitMs of RETRY_AFTER_MS) {
    clock.advance(waitMs);
    await sendWaiting(tools, senders);
  }
  assert.equal(given.length, RETRY_AFTER_MS.length + 1);
  assert.equal(new Set(given.map((one) => one.noticeId)).size, 1);
  const [notice] = await listNotices(database, {});
  assert.deepEqual([notice?.state, notice?.answer, notice?.attempts], ['failed', '451 busy', RETRY_AFTER_MS.length + 1]);
});

test('"never" is not tried again', async (t) => {
  const { tools, clock } = await testDatabase(t, { startAt: '2026-12-01T17:00:00Z' });
  await applyOnce(tools, sampleEvent('orders.cancelled', { contacts: { email: 'nobody@example.org' } }), sampleHouse);
  const { given, senders } = recordingSenders(() => ({ kind: 'never', answer: '550 no such mailbox' }));
  assert.equal((await sendWaiting(tools, senders)).failed, 1);
  clock.advance(100 * MINUTE_MS);
  await sendWaiting(tools, senders);
  assert.equal(given.length, 1);
});

test('two nodes at once never hold the same notice', async (t) => {
  const { tools } = await testDatabase(t, { startAt: '2026-12-01T17:00:00Z' });
  for (let eventId = 1n; eventId <= 10n; eventId += 1n) await applyOnce(tools, sampleEvent('orders.applied', {}, eventId), sampleHouse);
  const { given, senders } = recordingSenders();
  for (let round = 0; round < 2; round += 1) await Promise.all([sendWaiting(tools, senders), sendWaiting(tools, senders)]);
  assert.equal(given.length, 30);
  assert.equal(new Set(given.map((one) => one.noticeId)).size, 30);
});

test('who dies while sending leaves a lease that ends: it is sent again, under the same id', async (t) => {
  const { database, tools, clock } = await testDatabase(t, { startAt: '2026-12-01T17:00:00Z' });
  await applyOnce(tools, sampleEvent('orders.cancelled', { contacts: { email: 'li@example.org' } }), sampleHouse);
  let letGo: (outcome: SendOutcome) => void = () => {};
  const dying = recordingSenders(() => new Promise((resolve) => (letGo = resolve)));
  const dead = sendWaiting(tools, dying.senders);
  while (dying.given.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const next = recordingSenders();
  assert.equal((await sendWaiting(tools, next.senders)).sent, 0, 'the lease holds');
  clock.advance(3 * MINUTE_MS);
  assert.equal((await sendWaiting(tools, next.senders)).sent, 1);
  assert.equal(next.given[0]?.noticeId, dying.given[0]?.noticeId);
  // The one thought dead comes back: its late "not now" changes nothing.
  letGo({ kind: 'not_now', answer: 'late' });
  await dead;
  const [notice] = await listNotices(database, {});
  assert.deepEqual([notice?.state, notice?.attempts, notice?.answer], ['sent', 2, '250 ok']);
});

test('a reminder of the night goes out in the morning of the business clock [LIFE-3]', async (t) => {
  const { database, tools, clock } = await testDatabase(t, { startAt: '2026-12-02T05:00:00Z' });
  const night = { ...sampleEvent('lines.data_low'), at: clock.business() };
  await applyOnce(tools, night, sampleHouse);
  const { given, senders } = recordingSenders();
  assert.equal((await sendWaiting(tools, senders)).sent, 0);
  const due = await nextNoticeDue(database, clock.business());
  assert.equal(due?.toISOString(), '2026-12-02T13:00:00.000Z');
  clock.moveBusinessTo('2026-12-02T13:00:00Z');
  assert.equal((await sendWaiting(tools, senders)).sent, 1);
  assert.equal(given[0]?.channel, 'sms');
  assert.equal(await nextNoticeDue(database, clock.business()), undefined);
});

test('a reminder withdrawn while it is being sent counts as sent', async (t) => {
  const { database, tools } = await testDatabase(t, { startAt: '2026-12-01T17:00:00Z' });
  await applyOnce(tools, sampleEvent('lines.data_low'), sampleHouse);
  const { senders } = recordingSenders(async () => {
    await applyOnce(tools, sampleEvent('orders.applied', { contacts: {} }, 2n), sampleHouse);
    return { kind: 'sent', answer: '250 ok' };
  });
  await sendWaiting(tools, senders);
  assert.deepEqual(
    (await listNotices(database, {})).map((notice) => notice.state),
    ['sent'],
  );
});

test('who waits until an order is told waits for the process that is sending its notice', async (t) => {
  const { tools, clock } = await testDatabase(t, { startAt: '2026-12-01T17:00:00Z' });
  const order = { slot: slotOf(SAMPLE_ACCOUNT), accountId: SAMPLE_ACCOUNT, orderId: 9n };
  await applyOnce(tools, sampleEvent('orders.applied'), sampleHouse);
  const accepted = Promise.withResolvers<SendOutcome>();
  const asked = Promise.withResolvers<void>();
  const { senders } = recordingSenders(() => {
    asked.resolve();
    return accepted.promise;
  });
  const sending = sendWaiting(tools, senders);
  const told = waitUntilTold(tools, order);
  await asked.promise;
  assert.deepEqual(await sendWaiting(tools, senders), { sent: 0, kept: 0, notNow: 0, failed: 0 }, 'another process holds them');
  assert.equal(await Promise.race([told, undefined]), undefined);
  accepted.resolve({ kind: 'sent', answer: '250 ok' });
  assert.deepEqual(await told, clock.transport());
  await sending;
});
