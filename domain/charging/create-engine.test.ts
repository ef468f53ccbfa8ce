import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chargingHouse, grantOf, itemOf, MB } from '#tests/charging';
import { activeLine, stateOf } from '#tests/house';

test('a session reserves, reports and releases: what it used is debited, what it held comes back [LIFE-4]', async (t) => {
  const house = await chargingHouse(t);
  const line = { ...(await activeLine(house.test)), number: '' };
  const { number } = (await stateOf(house.test, line)).line;
  const session = house.session({ ...line, number });
  const begun = await session.begin();
  assert.equal(begun.result, 'success');
  assert.equal(grantOf(begun), 5n * MB);
  assert.deepEqual(
    (await house.owned(line)).filter(({ reserved }) => reserved > 0n),
    [{ used: 0n, reserved: 5n * MB }],
  );
  const updated = await session.update(3n * MB);
  assert.ok(itemOf(updated).granted !== null);
  const ended = await session.end(1n * MB);
  assert.equal(ended.result, 'success');
  assert.deepEqual(
    (await house.owned(line)).filter(({ used }) => used > 0n),
    [{ used: 4n * MB, reserved: 0n }],
  );
  await house.end();
});
