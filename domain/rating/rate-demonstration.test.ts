/** The demonstration operator's terms, from a request of the network to money: the parts of rating fit together. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { applyOperator, loadCatalog, type Market, type Plan, unitOf } from '#domain/catalog';
import { money } from '#domain/money';
import { present } from '#platform/assert';
import { isRefusal } from '#platform/refusals';
import { testDatabase } from '#tests/database';
import {
  type AskedUse,
  affordableUnits,
  classifyUse,
  costOf,
  debitOf,
  nextTariffChange,
  rateFor,
  splitAtTariffChange,
  tariffAt,
  zoneOf,
} from './index.ts';

const NORTHWIND = join(import.meta.dirname, '../../apps/demonstration/northwind.json');
const NOON = new Date('2026-11-17T17:00:00Z');
const NIGHT = new Date('2026-11-18T03:00:00Z');

async function northwind(t: Parameters<typeof testDatabase>[0]) {
  const { tools, database } = await testDatabase(t);
  const applied = await applyOperator(tools, JSON.parse(readFileSync(NORTHWIND, 'utf8')), { actor: 'test', reason: 'test' });
  assert.ok(!isRefusal(applied));
  const catalog = await loadCatalog(database);
  return (code: string, planCode = 'payg'): { market: Market; plan: Plan } => {
    const market = present(catalog.market(code, NOON), 'a market');
    const plan = catalog.product(code, planCode, NOON);
    assert.ok(plan?.kind === 'plan');
    return { market, plan };
  };
}

/** "data mexico-canada: 3 USD for 1500000 octet": what the use costs by the plan's rates, or why nothing. */
function told({ market, plan }: { market: Market; plan: Plan }, use: AskedUse, units: bigint, at = NOON): string {
  const classified = classifyUse(market, use);
  if (isRefusal(classified)) return classified.code;
  const { service, zone, free } = classified;
  if (free) return `${service} ${zone}: free`;
  const rate = rateFor(plan, { service, zone, tariff: tariffAt(market, at) });
  const cost = rate && costOf(rate, units);
  return `${service} ${zone}: ${cost === undefined ? 'no price' : `${cost.minor} ${cost.currency} for ${units} ${unitOf(service)}`}`;
}

const cases: [market: string, use: AskedUse, units: bigint, expected: string, at?: Date][] = [
  ['US', { kind: 'data' }, 1_500_000n, 'data home: 2 USD for 1500000 octet'],
  ['US', { kind: 'data', ratingGroup: 20, visitedNetwork: '310260' }, 1_500_000n, 'data.video home: 2 USD for 1500000 octet'],
  ['US', { kind: 'data', visitedNetwork: '99970' }, 1n, 'data home: 1 USD for 1 octet'],
  ['US', { kind: 'data', visitedNetwork: '334020' }, 1_500_000n, 'data mexico-canada: 3 USD for 1500000 octet'],
  ['US', { kind: 'data', visitedNetwork: '20801' }, 1_500_000n, 'data europe: 8 USD for 1500000 octet'],
  ['US', { kind: 'data', visitedNetwork: '20893' }, 1n, 'data home: 1 USD for 1 octet'],
  ['US', { kind: 'data', visitedNetwork: '44010' }, 1n, 'data other: no price'],
  ['US', { kind: 'data', ratingGroup: 90, visitedNetwork: '44010' }, 1n, 'data.renewal other: free'],
  ['US', { kind: 'voice', destination: '911', visitedNetwork: '44010' }, 60n, 'voice other: free'],
  ['US', { kind: 'voice', destination: '+12065550199' }, 60n, 'voice home: free'],
  ['US', { kind: 'voice', destination: '+12065550100' }, 60n, 'voice home: 5 USD for 60 second'],
  ['US', { kind: 'voice', destination: '+12065550100' }, 60n, 'voice home: 3 USD for 60 second', NIGHT],
  ['US', { kind: 'voice', destination: '+12065550100', visitedNetwork: '302720' }, 61n, 'voice mexico-canada: 16 USD for 61 second'],
  ['US', { kind: 'voice', destination: '+525512345678' }, 61n, 'voice_abroad.mx home: 9 USD for 61 second'],
  ['US', { kind: 'voice', destination: '+16045550100' }, 1n, 'voice_abroad.ca home: 8 USD for 1 second'],
  ['US', { kind: 'voice', destination: '+18095550100' }, 61n, 'voice_abroad.caribbean home: 90 USD for 61 second'],
  ['US', { kind: 'message', destination: '+8613912345678' }, 3n, 'message_abroad.cn home: 30 USD for 3 message'],
  ['US', { kind: 'voice', destination: '2065550100' }, 60n, 'rating.destination_unknown'],
  ['JP', { kind: 'data' }, 3_000_000n, 'data home: 2 JPY for 3000000 octet'],
  ['JP', { kind: 'message', destination: '+819000000001' }, 3n, 'message home: 10 JPY for 3 message'],
  ['JP', { kind: 'voice', destination: '+12065550100' }, 3n, 'voice_abroad.us home: no price'],
  ['KW', { kind: 'voice', destination: '+96550000001' }, 61n, 'voice home: 26 KWD for 61 second'],
  ['KW', { kind: 'data', visitedNetwork: '42001' }, 1n, 'data gulf: no price'],
];

test('what a peer asks for is priced by the demonstration’s terms, in dollars, yen and dinars [BUY-1] [BUY-6]', async (t) => {
  const find = await northwind(t);
  for (const [market, use, units, expected, at] of cases)
    assert.equal(told(find(market), use, units, at), expected, `${market} ${JSON.stringify(use)}`);
});

test('a call that goes on into the night is charged at both tariffs, each rounded once [BUY-1]', async (t) => {
  const { market, plan } = (await northwind(t))('US');
  const start = new Date('2026-11-18T01:59:30Z');
  const change = present(nextTariffChange(market, start), 'the tariff changes in the evening');
  assert.deepEqual(change, new Date('2026-11-18T02:00:00Z'));
  const grant = { tariff: tariffAt(market, start), next: { tariff: tariffAt(market, change) } };
  const parts = splitAtTariffChange(grant, [
    { units: 30n, side: 'before' },
    { units: 90n, side: 'after' },
  ]);
  const debits = parts.map(({ tariff, units }) => {
    const rate = present(rateFor(plan, { service: 'voice', zone: 'home', tariff }), 'calls have a price');
    return debitOf(rate, { unitsBefore: 0n, debitedMinor: 0n, units });
  });
  assert.deepEqual(debits, [3n, 5n]);
});

test('a dollar abroad is 50 MB in Mexico, and there is no more until it is topped up [BUY-1] [LIFE-1]', async (t) => {
  const { market, plan } = (await northwind(t))('US');
  const zone = zoneOf(market, '334020');
  const rate = present(rateFor(plan, { service: 'data', zone, tariff: null }), 'data in Mexico has a price');
  const paid = costOf(rate, 50_000_000n);
  assert.deepEqual(paid, money('USD', 100n));
  assert.equal(affordableUnits(rate, { unitsBefore: 0n, debitedMinor: 0n, moneyMinor: 100n }), 50_000_000n);
  assert.equal(affordableUnits(rate, { unitsBefore: 50_000_000n, debitedMinor: paid.minor, moneyMinor: 0n }), 0n);
});

test('a plan by the month has no prices: what its parts do not cover is not possible [BUY-1]', async (t) => {
  const { plan } = (await northwind(t))('US', 'month-20gb-hotspot');
  assert.equal(rateFor(plan, { service: 'data', zone: 'mexico-canada', tariff: null }), undefined);
  assert.deepEqual(plan.apart, ['data.hotspot']);
});
