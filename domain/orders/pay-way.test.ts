import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  activeLine,
  allowed,
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
