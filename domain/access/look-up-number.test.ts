import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowed, GUEST, newLine, newPerson, refusal, stateOf, testHouse } from '#tests/house';
import { lookUpNumber } from './look-up-number.ts';

const LIMITS = { windowMs: 600_000, perSource: 2, inTotal: 3 };

test('a number is found as people type it, and a typing mistake costs no look-up [ID-6]', async (t) => {
  const tested = await testHouse(t);
  const line = await newLine(tested);
  const { number } = (await stateOf(tested, line)).line;
  const look = (typed: string) => lookUpNumber(tested.tools, GUEST, { number: typed, country: 'US' }, LIMITS);
  for (const typed of ['', 'no number', '12']) assert.equal(refusal(await look(typed)), 'lines.number_invalid');
  assert.equal(allowed(await look(number)).lineId, line.lineId);
  assert.equal(allowed(await look(` (206) ${number.slice(5, 8)}-${number.slice(8)}`)).lineId, line.lineId);
  assert.equal(refusal(await look(number)), 'access.too_many_look_ups');
});

test('whoever has nothing to do with a line spends a look-up, found or not; its people never do [ID-6]', async (t) => {
  const tested = await testHouse(t);
  const line = await newLine(tested);
  const owner = await newPerson(tested, line);
  const stranger = { ...(await newPerson(tested, await newLine(tested))), source: '198.51.100.9' };
  const { number } = (await stateOf(tested, line)).line;
  const look = (asker: typeof owner, typed: string) => lookUpNumber(tested.tools, asker, { number: typed, country: 'US' }, LIMITS);
  for (let asked = 0; asked < 5; asked += 1) assert.equal(allowed(await look(owner, number)).lineId, line.lineId);
  assert.equal(allowed(await look(stranger, number)).lineId, line.lineId);
  assert.equal(refusal(await look(stranger, '+12065559999')), 'lines.not_found');
  assert.equal(refusal(await look(stranger, '+12065559999')), 'access.too_many_look_ups');
  assert.equal(refusal(await look(stranger, number)), 'access.too_many_look_ups');
});
