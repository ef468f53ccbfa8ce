import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatLink } from '#platform/ids';
import { activeLine, allowed, BALANCE, buy, drainOutbox, fillBalance, PACK, RENEW, refusal, testHouse } from '#tests/house';
import { linkOf } from './place-order.ts';
import { findOrder, openOrder, ordersOfLine, readOrder } from './read-order.ts';

test("an order's secret link opens that order and no other; what is no link of one opens none [ID-6]", async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const [one, two] = [await buy(test, line, [RENEW]), await buy(test, line, [RENEW])];
  assert.equal(allowed(await openOrder(test.database, linkOf(one))).orderId, one.orderId);
  const crossed = formatLink({ id: two.orderId, accountId: two.accountId, token: one.token });
  const elsewhere = formatLink({ id: one.orderId, accountId: one.accountId + 1n, token: one.token });
  for (const link of [crossed, elsewhere, linkOf(one).slice(1), `${linkOf(one)}x`, '', 'ord_1'])
    assert.equal(refusal(await openOrder(test.database, link)), 'orders.not_found');
});

test('an order reads the same each time: its content is what was quoted, its effect what was applied [BUY-1]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW, PACK]);
  const read = await readOrder(test.database, done);
  assert.deepEqual(read, done);
  await drainOutbox(test);
  const later = await readOrder(test.database, done);
  assert.deepEqual([later?.content, later?.effect], [done.content, done.effect]);
  assert.deepEqual(allowed(await findOrder(test.database, done.orderId)), later);
  assert.equal(refusal(await findOrder(test.database, done.orderId + 1024n)), 'orders.not_found');
});

test("a line's orders are listed newest first, and its neighbour's are not among them [ID-6]", async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const other = await activeLine(test);
  await fillBalance(test, line, 5000n);
  test.clock.advance(1000);
  const last = await buy(test, line, [RENEW], { way: BALANCE });
  const listed = await ordersOfLine(test.database, line, 10);
  assert.deepEqual([listed.length, listed[0]?.orderId], [3, last.orderId]);
  assert.equal((await ordersOfLine(test.database, line, 1)).length, 1);
  assert.equal((await ordersOfLine(test.database, other, 10)).length, 1);
});
