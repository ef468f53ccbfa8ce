import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY_MS } from '#platform/clock';
import {
  activeLine,
  allowed,
  BALANCE,
  coolOff,
  fillBalance,
  GUEST,
  newLine,
  newPerson,
  order,
  PAGE,
  personWithCard,
  place,
  quote,
  RENEW,
  refusal,
  testHouse,
} from '#tests/house';
import { payAgain } from './pay-order.ts';

test('a saved method pays again only for the person whose order it is, and only they keep one [ID-6]', async (t) => {
  const tested = await testHouse(t);
  const line = await activeLine(tested);
  const { person, method } = await personWithCard(tested, line);
  const saved = { kind: 'saved', savedMethodId: method.savedMethodId } as const;
  const keeping = { ...PAGE, saveMethod: true } as const;
  const { order: theirs } = await order(tested, line, [RENEW], { asker: person });
  const relative = await newPerson(tested, line, 'user');
  for (const way of [saved, keeping]) {
    assert.equal(
      refusal(await payAgain(tested.house, relative, { order: theirs, key: `relative ${way.kind}`, way })),
      'orders.tender_not_offered',
    );
    assert.equal(refusal(await payAgain(tested.house, GUEST, { order: theirs, key: `guest ${way.kind}`, way })), 'access.not_allowed');
  }
  const { order: guests } = await order(tested, line, [RENEW], { asker: GUEST });
  assert.equal(refusal(await payAgain(tested.house, person, { order: guests, key: 'owner', way: saved })), 'orders.tender_not_offered');
  assert.equal(allowed(await payAgain(tested.house, person, { order: theirs, key: 'mine', way: saved })).order.state, 'applied');
});

test('a guest has nobody to keep a method for, and none beyond what the market takes [PAY-1]', async (t) => {
  const tested = await testHouse(t);
  const line = await newLine(tested, { market: 'KW', number: '+96555550191', taxRegion: undefined });
  const quoted = await quote(tested, line, [RENEW], GUEST);
  const ways = [
    [{ ...PAGE, saveMethod: true }, 'access.not_allowed'],
    [{ ...PAGE, choice: 'alipay' }, 'orders.tender_not_offered'],
  ] as const;
  for (const [way, code] of ways) assert.equal(refusal(await place(tested, { quote: quoted, asker: GUEST, way })), code);
  const paying = await order(tested, line, [RENEW], { asker: GUEST });
  for (const [way, code] of ways) assert.equal(refusal(await payAgain(tested.house, GUEST, { order: paying.order, key: code, way })), code);
});

test('for a day after a change of contact, balance and kept methods wait; a page pays and keeps as ever, and a repeat is the order that is there (S3) [ID-3]', async (t) => {
  const tested = await testHouse(t);
  const line = await activeLine(tested);
  await fillBalance(tested, line, 9000n);
  const { person, method } = await personWithCard(tested, line);
  const saved = { kind: 'saved', savedMethodId: method.savedMethodId } as const;
  const before = await quote(tested, line, [RENEW], person);
  const { order: placed } = allowed(await place(tested, { quote: before, asker: person, way: BALANCE }));
  const unpaid = await order(tested, line, [RENEW], { asker: person });
  await coolOff(tested, person);
  const waits = async (): Promise<unknown[]> => {
    const tries = [BALANCE, saved].map(async (way) => {
      const quoted = await quote(tested, line, [RENEW], person);
      return place(tested, { quote: quoted, asker: person, way });
    });
    const again = [BALANCE, saved].map((way) => payAgain(tested.house, person, { order: unpaid.order, key: `again ${way.kind}`, way }));
    return (await Promise.all([...tries, ...again])).map((outcome) => ('code' in outcome ? outcome.code : 'allowed'));
  };
  assert.deepEqual(await waits(), Array(4).fill('people.cooling_off'));
  for (const way of [PAGE, { ...PAGE, saveMethod: true }] as const)
    allowed(await place(tested, { quote: await quote(tested, line, [RENEW], person), asker: person, way }));
  assert.equal(allowed(await place(tested, { quote: before, asker: person, way: BALANCE })).order.orderId, placed.orderId);
  // Somebody else's day is not theirs.
  const other = await newPerson(tested, line);
  const quoted = await quote(tested, line, [RENEW], other);
  allowed(await place(tested, { quote: quoted, asker: other, way: BALANCE }));
  tested.clock.advance(DAY_MS);
  const ready = await quote(tested, line, [RENEW], person);
  allowed(await place(tested, { quote: ready, asker: person, way: saved }));
});

test('what costs nothing moves nothing and does not wait for the cooling-off (S3) [BUY-3]', async (t) => {
  const tested = await testHouse(t);
  const line = await activeLine(tested);
  const owner = await newPerson(tested, line);
  await coolOff(tested, owner);
  const quoted = await quote(tested, line, [{ kind: 'change', product: 'payg' }], owner);
  assert.equal(quoted.content.sums.balance?.total.minor, 0n);
  allowed(await place(tested, { quote: quoted, asker: owner, way: BALANCE }));
});
