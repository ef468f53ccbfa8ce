import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAccount } from '#domain/ledger';
import { isRefusal } from '#platform/refusals';
import { allowed, newLine, refusal, type TestHouse, testHouse } from '#tests/house';
import { addLine, type NewLine } from './add-line.ts';
import { findNumber, linesOfAccount, listLines, readLine, readNumber } from './read-line.ts';

const add = ({ house }: TestHouse, line: NewLine) => house.database.transaction((tx) => addLine(house, tx, house.catalog(), line));

test('a new line is pending, with a number, an account in the currency of its market, and no period', async (t) => {
  const test = await testHouse(t);
  const key = allowed(await add(test, { number: '+81 90-0000-0001', market: 'JP', plan: 'month-5gb', email: 'a@example.com' }));
  const { line, queue } = await readLine(test.database, key);
  assert.deepEqual(
    [line.state, line.number, line.planCode, line.paidUntil, line.dueAt, queue.length],
    ['pending', '+819000000001', 'month-5gb', null, null, 0],
  );
  const account = await readAccount(test.database, key);
  assert.deepEqual([account.currency.trim(), account.balanceMinor], ['JPY', 0n]);
  assert.equal(allowed(await findNumber(test.database, '+819000000001')).claimCount, 1n);
});

test('a number belongs to one line at a time, also when two claim it at once', async (t) => {
  const test = await testHouse(t);
  const line = { number: '+12065550100', market: 'US', plan: 'month-5gb' };
  const answers = await Promise.all([add(test, line), add(test, line)]);
  assert.deepEqual(answers.map((answer) => (isRefusal(answer) ? answer.code : 'added')).toSorted(), ['added', 'lines.number_taken']);
  assert.equal(refusal(await add(test, line)), 'lines.number_taken');
  assert.equal((await listLines(test.database, 10)).length, 1);
});

test('what is no number, no market or no plan is refused, and leaves nothing behind', async (t) => {
  const test = await testHouse(t);
  assert.equal(refusal(await add(test, { number: 'hello', market: 'US' })), 'lines.number_invalid');
  assert.equal(refusal(await add(test, { number: '+12065550100', market: 'XX' })), 'lines.market_unknown');
  assert.equal(refusal(await add(test, { number: '+12065550100', market: 'US', plan: 'pack-1gb' })), 'lines.market_unknown');
  assert.equal(refusal(await findNumber(test.database, '+12065550100')), 'lines.not_found');
});

test('a second line may share the account, and so the balance, of a first', async (t) => {
  const test = await testHouse(t);
  const first = await newLine(test);
  const second = await newLine(test, { account: { slot: first.slot, accountId: first.accountId } });
  assert.deepEqual([second.slot, second.accountId], [first.slot, first.accountId]);
  assert.equal((await linesOfAccount(test.database, first)).length, 2);
});

test('numbers are read as people type them, in the national form of the market or international', () => {
  assert.equal(readNumber('(206) 555-0142', 'US'), '+12065550142');
  assert.equal(readNumber(' +1 206 555 0142 ', 'JP'), '+12065550142');
  assert.equal(readNumber('090-0000-0001', 'JP'), '+819000000001');
  assert.equal(readNumber('２０６５５５０１４２', 'US'), '+12065550142');
  for (const text of ['', '12', 'abc', '+1 206 555 01', `+${'1'.repeat(39)}`])
    assert.equal(refusal(readNumber(text, 'US')), 'lines.number_invalid', text);
});
