import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isRefusal } from '#platform/refusals';
import { classifyUse, zoneOf } from './classify-use.ts';
import type { AskedUse } from './rating.ts';
import { placedMarket } from './sample-terms.ts';

const market = placedMarket();

function classified(use: AskedUse): string {
  const found = classifyUse(market, use);
  return isRefusal(found) ? found.code : `${found.service} ${found.zone}${found.free ? ' free' : ''}`;
}

const zones: [visitedNetwork: string | undefined, zone: string, rule: string][] = [
  [undefined, 'home', 'a line whose network nobody named is at home'],
  ['310260', 'home', 'a home network is home'],
  ['00101', 'home', 'a home network may have an MNC of two digits'],
  ['302720', 'mexico-canada', 'an MCC covers its networks'],
  ['334030', 'mexico-canada', 'an MCC covers its networks, also where one of them is in another zone'],
  ['334020', 'border', 'the longest prefix wins'],
  ['33402', 'mexico-canada', 'a network is not taken for a longer one'],
  ['310410', 'other', 'a network of the home country that is not ours is not home'],
  ['3102601', 'other', 'a home network is known whole'],
  ['20801', 'other', 'a network of no zone is other'],
  ['', 'other', 'nothing is no network'],
  ['310-260', 'other', 'what makes no sense is no network'],
  ['9'.repeat(10_000), 'other', 'nor is what never ends'],
];
for (const [visitedNetwork, zone, rule] of zones) {
  test(`${rule}: ${visitedNetwork?.slice(0, 12) ?? '(none)'} is ${zone} [BUY-1] [BUY-6]`, () =>
    assert.equal(zoneOf(market, visitedNetwork), zone));
}

const groups: [ratingGroup: number | undefined, expected: string, rule: string][] = [
  [undefined, 'data home', 'traffic of no rating group is data'],
  [10, 'data home', 'a rating group is the service its market says'],
  [20, 'data.video home', 'a class of data has a group of its own'],
  [30, 'data.hotspot home', 'and so has a hotspot'],
  [90, 'data.renewal home free', 'the renewal pages cost nothing'],
  [77, 'data home', 'a group nobody described is paid for as data'],
];
for (const [ratingGroup, expected, rule] of groups) {
  test(`${rule} (${ratingGroup ?? 'none'}) [BUY-6]`, () =>
    assert.equal(classified({ kind: 'data', ...(ratingGroup === undefined ? {} : { ratingGroup }) }), expected));
}

test('the renewal pages cost nothing in every zone, also in one that nobody sells [BUY-6] [LIFE-1]', () => {
  for (const [visitedNetwork, zone] of [
    ['310260', 'home'],
    ['334020', 'border'],
    ['99999', 'other'],
  ] as const)
    assert.equal(classified({ kind: 'data', ratingGroup: 90, visitedNetwork }), `data.renewal ${zone} free`);
});

const destinations: [destination: string, expected: string, rule: string][] = [
  ['+12065550123', 'voice home', 'a national number is voice'],
  ['+525512345678', 'voice_abroad.mx home', 'a number abroad is a service of its own'],
  ['+16045550100', 'voice_abroad.ca home', 'the longest prefix wins: Canada shares the country code'],
  ['911', 'voice home free', 'an emergency call is free'],
  ['+911123456789', 'voice_abroad.in home', 'and is not India'],
  ['9112', 'rating.destination_unknown', 'a free number is known whole'],
  ['+12065550199', 'voice home free', 'a service number of our own is free'],
  ['+4915112345678', 'rating.destination_unknown', 'a number that no prefix matches is refused, never guessed'],
  ['12065550123', 'rating.destination_unknown', 'a number without "+" could be of any country'],
  ['2065550123', 'rating.destination_unknown', 'a number as it is dialled at home is not taken for Egypt'],
  ['+', 'rating.destination_unknown', 'a plus alone is no number'],
  ['+1206555012x', 'rating.destination_unknown', 'letters are no number'],
  [`+${'1'.repeat(16)}`, 'rating.destination_unknown', 'no number has more than 15 digits'],
];
for (const [destination, expected, rule] of destinations) {
  test(`${rule}: ${destination} [BUY-1]`, () => {
    assert.equal(classified({ kind: 'voice', destination }), expected);
    assert.equal(classified({ kind: 'message', destination }), expected.replace('voice', 'message'));
  });
}

test('a call home from abroad is a national call in the zone where the line is [BUY-1]', () => {
  assert.equal(classified({ kind: 'voice', destination: '+12065550123', visitedNetwork: '302720' }), 'voice mexico-canada');
  assert.equal(classified({ kind: 'message', destination: '+525512345678', visitedNetwork: '334030' }), 'message_abroad.mx mexico-canada');
});

test('a market that says nothing of its network has data, no destinations, and no home but one that is not named [BUY-1]', () => {
  assert.deepEqual(classifyUse({}, { kind: 'data', ratingGroup: 30 }), { service: 'data', zone: 'home', free: false });
  assert.deepEqual(classifyUse({}, { kind: 'data', visitedNetwork: '310260' }), { service: 'data', zone: 'other', free: false });
  assert.ok(isRefusal(classifyUse({}, { kind: 'voice', destination: '+12065550123' })));
});

test('whatever a peer sends there is an answer, and a refusal tells no more of it than fits a line', () => {
  const anything = fc.record({
    kind: fc.constantFrom('data' as const, 'voice' as const, 'message' as const),
    destination: fc.string({ unit: 'binary', maxLength: 200 }),
    ratingGroup: fc.double(),
    visitedNetwork: fc.string({ unit: 'binary', maxLength: 200 }),
  });
  fc.assert(
    fc.property(anything, (use) => {
      const found = classifyUse(market, use);
      if (isRefusal(found)) assert.ok(String(found.values['destination']).length <= 40);
      else assert.ok(['home', 'border', 'mexico-canada', 'other'].includes(found.zone));
    }),
  );
});
