import assert from 'node:assert/strict';
import { test } from 'node:test';
import { doorHouse, serve } from '#tests/doors';
import { activeLine, attemptsNow, checkInvariants, newLine, order, orderNow, RENEW, visitPage } from '#tests/house';
import { webhooksPlugin } from './index.ts';

async function openDoor(t: { after(end: () => Promise<void>): void }) {
  const doors = await doorHouse(t);
  const served = await serve(t, [{ prefix: '/webhooks', plugin: webhooksPlugin({ house: doors.house, catalog: doors.cache }) }]);
  doors.simulator.setWebhookUrl(`${served.url}/webhooks/stripe`);
  return { ...doors, ...served };
}

/** How each delivery was answered, in order. */
function answers(log: string): number[] {
  const lines = log.split('\n').filter((line) => line.includes('"answered"'));
  return lines.map((line) => (JSON.parse(line) as { status: number }).status);
}

test('a webhook settles what was paid, in line, and is answered 200 [P7, FX-1]', async (t) => {
  const door = await openDoor(t);
  const paying = await order(door, await newLine(door), [RENEW]);
  await visitPage(paying);
  assert.equal((await orderNow(door, paying.order)).state, 'placed');
  await door.simulator.deliverAll();
  assert.equal((await orderNow(door, paying.order)).state, 'applied');
  assert.ok(answers(door.log()).length > 0 && answers(door.log()).every((status) => status === 200));
  await door.settle();
  await checkInvariants(door);
});

test('however webhooks come, twice, early, late, out of order, the end is the same [P7]', async (t) => {
  const door = await openDoor(t);
  for (const card of ['webhook_twice', 'webhook_early', 'webhook_late', 'webhook_out_of_order']) {
    const paying = await order(door, await newLine(door), [RENEW]);
    await visitPage(paying, card);
    await door.simulator.deliverAll();
    assert.equal((await orderNow(door, paying.order)).state, 'applied', card);
  }
  await door.settle();
  await checkInvariants(door);
});

test('what is forged or signed too long ago is refused as a problem and changes nothing [P7]', async (t) => {
  const door = await openDoor(t);
  for (const [card, code] of [
    ['webhook_forged', 'payments.event_forged'],
    ['webhook_expired', 'payments.event_expired'],
  ] as const) {
    const paying = await order(door, await newLine(door), [RENEW]);
    await visitPage(paying, card);
    await door.simulator.deliverAll();
    assert.equal((await orderNow(door, paying.order)).state, 'placed', card);
    assert.ok(door.log().includes(code));
  }
  assert.ok(answers(door.log()).every((status) => status === 400));
  const answer = await fetch(`${door.url}/webhooks/stripe`, {
    method: 'POST',
    body: '{"type":"x"}',
    headers: { 'accept-language': 'zh-CN' },
  });
  assert.deepEqual([answer.status, answer.headers.get('content-type')], [400, 'application/problem+json; charset=utf-8']);
  assert.equal(((await answer.json()) as { code: string }).code, 'payments.event_forged');
});

test('a look-up without an answer is answered 200 all the same; the payment stays to be asked about [P1, P2]', async (t) => {
  const door = await openDoor(t);
  const paying = await order(door, await newLine(door), [RENEW]);
  await visitPage(paying);
  door.simulator.setFaults([{ on: 'GET /v1/', kind: 'error_500_before', times: 1000 }]);
  await door.simulator.deliverAll();
  assert.ok(answers(door.log()).every((status) => status === 200));
  const [attempt] = await attemptsNow(door, paying.order);
  assert.notEqual(attempt?.askAt, null);
  assert.equal((await orderNow(door, paying.order)).state, 'placed');
});

test('an event of nothing of ours is answered 200; a wrong address and a huge body are refused', async (t) => {
  const door = await openDoor(t);
  await activeLine(door);
  assert.equal((await fetch(`${door.url}/webhooks/nobody`, { method: 'POST', body: '{}' })).status, 404);
  assert.equal((await fetch(`${door.url}/webhooks/stripe`, { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) })).status, 413);
  assert.equal((await fetch(`${door.url}/webhooks/stripe`)).status, 404);
  const empty = await fetch(`${door.url}/webhooks/stripe`, { method: 'POST' });
  assert.equal(empty.status, 400);
});
