import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listNotices } from '#domain/notices';
import { addPerson } from '#domain/people';
import { DAY_MS } from '#platform/clock';
import {
  activeLine,
  allowed,
  buy,
  checkInvariants,
  drainOutbox,
  newLine,
  newPerson,
  OPERATOR,
  type Person,
  RENEW,
  runJanitor,
  type TestHouse,
  testHouse,
  topUp,
} from '#tests/house';
import { refundOrder } from './refund-order.ts';

/** Who was told what by which way since the last look: "sms lines.lost +1206…". */
async function toldOf(test: TestHouse, kind: string): Promise<{ channel: string; recipient: string; body: string }[]> {
  await drainOutbox(test);
  const notices = await listNotices(test.database, {});
  return notices.filter((notice) => notice.kind === kind).map(({ channel, recipient, body }) => ({ channel, recipient, body }));
}

/** Somebody signed in, with a phone of their own, who has nothing to do with any line. */
async function stranger({ house }: TestHouse): Promise<Person> {
  const person = { name: 'Ana', language: 'en', email: 'ana@example.com', number: '+12065550177' } as const;
  return { kind: 'person', personId: await addPerson(house, house.database, person), source: '192.0.2.8' };
}

const by = (channel: string) => (notice: { channel: string }) => notice.channel === channel;

for (const [who, payerOf] of [
  ['a stranger', (test: TestHouse) => stranger(test)],
  ['a payer of the account', (test: TestHouse, line: Awaited<ReturnType<typeof newLine>>) => newPerson(test, line, 'payer')],
] as const)
  test(`${who}, signed in, who pays a line is told like a guest: the number masked, no balance and no end [ID-6]`, async (t) => {
    const test = await testHouse(t);
    const line = await newLine(test);
    await newPerson(test, line, 'owner');
    const order = await buy(test, line, [RENEW, topUp(1000n)], { asker: await payerOf(test, line) });
    assert.equal(order.asGuest, true);
    const told = await toldOf(test, 'orders.applied');
    const mail = told.find(by('mail'));
    assert.match(mail?.body ?? '', /\/o\//);
    assert.doesNotMatch(mail?.body ?? '', new RegExp(`${order.content.number.slice(-4)}|Lasts until|Balance`));
    const sms = told.find(by('sms'));
    assert.equal(sms?.recipient, order.content.number);
    assert.match(sms?.body ?? '', /was paid for your line and is applied\..* Balance \$10\.00/);
    assert.doesNotMatch(sms?.body ?? '', /\/o\/|paid \$/);
    await checkInvariants(test, { underWay: true });
  });

test('a stranger who signed in is told by mail and in their app, the line’s owner by SMS [ID-6] [FX-3]', async (t) => {
  const test = await testHouse(t);
  const line = await newLine(test);
  const { content } = await buy(test, line, [RENEW], { asker: await stranger(test) });
  const told = await toldOf(test, 'orders.applied');
  assert.deepEqual(told.map(({ channel, recipient }) => `${channel} ${recipient.replace(/_.*/, '')}`).sort(), [
    'mail payer@example.com',
    'push person',
    `sms ${content.number}`,
  ]);
});

test('an owner who pays is told the whole of it by mail, SMS and push [FX-3]', async (t) => {
  const test = await testHouse(t);
  const line = await newLine(test);
  const order = await buy(test, line, [RENEW, topUp(1000n)], { asker: await newPerson(test, line) });
  assert.equal(order.asGuest, false);
  const told = await toldOf(test, 'orders.applied');
  assert.deepEqual(told.map(({ channel }) => channel).sort(), ['mail', 'push', 'sms']);
  for (const { body } of told) assert.match(body, /Balance \$10\.00/);
});

test('what a guest paid for is refunded: the guest is told of the money, the owner of what left the line [ID-6] [FX-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const order = await buy(test, line, [RENEW, topUp(1000n)], { asker: { kind: 'guest', source: '192.0.2.9' } });
  await drainOutbox(test);
  test.clock.advance(DAY_MS);
  allowed(await refundOrder(test.house, OPERATOR, { order, key: 'r', asked: { kind: 'rest' }, reason: 'asked' }));
  const told = await toldOf(test, 'orders.refunded');
  const [mail, sms] = [told.find(by('mail')), told.find(by('sms'))];
  assert.match(mail?.body ?? '', /We refunded \$\d+/);
  assert.equal(sms?.recipient, order.content.number);
  assert.match(sms?.body ?? '', /was refunded to them and is taken back\. Lasts until Wed 2 Dec\. Balance \$0\.00\./);
  assert.doesNotMatch(sms?.body ?? '', /\/o\/|refunded \$/);
  assert.equal(told.length, 2);
  await runJanitor(test);
  await checkInvariants(test);
});

test('money that never took effect is told to whoever paid it alone, a part of a price too [ID-6]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const order = await buy(test, line, [RENEW], { asker: { kind: 'guest', source: '192.0.2.9' } });
  const asked = { kind: 'amount', amount: { currency: 'USD', minor: 100n } } as const;
  allowed(await refundOrder(test.house, OPERATOR, { order, key: 'part', asked, reason: 'asked' }));
  assert.deepEqual(
    (await toldOf(test, 'orders.refunded')).map(({ channel }) => channel),
    ['mail'],
  );
});
