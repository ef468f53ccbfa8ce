import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiHouse } from '#tests/doors';
import { activeLine, buy, newPerson, stateOf } from '#tests/house';

test('the owner caps a line, whose state shows its share from then on; out of bounds is refused [SIM-4]', async (t) => {
  const api = await apiHouse(t);
  const line = await activeLine(api);
  const { number } = (await stateOf(api, line)).line;
  const owner = await newPerson(api, line);
  await buy(api, line, [{ kind: 'pack', product: 'pack-family-20gb' }], { asker: owner });
  const as = await api.signIn(owner);
  const details = async () => (await api.get(`/line?number=${encodeURIComponent(number)}`, { as })).view.details;
  const share = ({ packages }: { packages: { parts: { share?: object }[] }[] }) =>
    packages.flatMap(({ parts }) => parts.flatMap((part) => part.share ?? []));
  const before = await details();
  assert.deepEqual([before.data.cap, before.data.capReached, share(before)], [undefined, false, []]);
  const capped = await api.post('/line/cap', { as, body: { number, octets: 2_000_000_000 } });
  assert.deepEqual([capped.status, capped.view], [200, { number, octets: 2_000_000_000 }]);
  const after = await details();
  assert.deepEqual([after.data.cap, share(after)], [2_000_000_000, [{ left: 2_000_000_000, granted: 2_000_000_000 }]]);
  const tooMuch = await api.post('/line/cap', { as, body: { number, octets: 2_000_000_000_000 } });
  assert.deepEqual([tooMuch.status, tooMuch.view.code, tooMuch.view.values.max], [422, 'orders.cap_outside_limits', '1000000000000']);
  for (const octets of [-1, 1.5, '2 GB', undefined])
    assert.equal((await api.post('/line/cap', { as, body: { number, octets } })).status, 400, String(octets));
  assert.deepEqual((await api.post('/line/cap', { as, body: { number, octets: null } })).view, { number, octetsBefore: 2_000_000_000 });
  assert.equal((await details()).data.cap, undefined);
});
