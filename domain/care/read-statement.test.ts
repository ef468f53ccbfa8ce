import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyOf } from '#domain/lines';
import { DAY_MS } from '#platform/clock';
import { activeLine, BALANCE, buy, PACK, RENEW, stateOf, testHouse, topUp } from '#tests/house';
import { readStatement } from './index.ts';

test('a month tells its orders and each movement of the balance, and ends where the next begins [SEE-4]', async (t) => {
  const tested = await testHouse(t);
  const line = await activeLine(tested);
  await buy(tested, line, [topUp(2500n)]);
  await buy(tested, line, [PACK], { way: BALANCE });
  tested.clock.moveBusinessTo(new Date(tested.clock.business().getTime() + 29 * DAY_MS));
  await buy(tested, line, [RENEW], { way: BALANCE });
  const asked = { line: keyOf((await stateOf(tested, line)).line), timeZone: 'America/New_York', currency: 'USD' };
  const november = await readStatement(tested.tools, { ...asked, month: '2026-11' });
  assert.deepEqual(november.months, ['2026-12', '2026-11']);
  assert.deepEqual(
    november.movements.map(({ kind, amount, balanceAfter }) => [kind, amount.minor, balanceAfter.minor]),
    [
      ['sale', 2500n, 2500n],
      ['sale', -500n, 2000n],
    ],
  );
  assert.deepEqual(
    november.paid.map(({ total, receiptNumber }) => [total.currency, typeof receiptNumber]),
    Array.from({ length: 3 }, () => ['USD', 'string']),
  );
  const december = await readStatement(tested.tools, { ...asked, month: undefined });
  assert.deepEqual([december.month, december.opening.minor, december.closing.minor], ['2026-12', 2000n, 500n]);
  assert.equal(december.movements[0]?.order?.content.items[0]?.kind, 'renew');
});
