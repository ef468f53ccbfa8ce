import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ratio } from '#domain/money';
import { isRefusal } from '#platform/refusals';
import type { NetworkInFile } from './network-in-file.ts';
import type { OperatorFile } from './operator-file.ts';
import { readOperatorFile } from './read-operator-file.ts';
import { sampleFile } from './sample-file.ts';
import { sampleNames } from './sample-market.ts';

function sampleNetwork(): NetworkInFile {
  return {
    homeNetworks: ['310260'],
    zones: [{ code: 'mexico-canada', names: sampleNames('Mexico and Canada'), networks: ['334', '302'] }],
    ratingGroups: [{ group: 30, service: 'data.hotspot' }],
    destinations: { national: ['1'], free: ['911'], abroad: [{ code: 'mx', names: sampleNames('Mexico'), prefixes: ['52'] }] },
    tariffPeriods: [{ code: 'off_peak', names: sampleNames('Nights'), times: [{ days: ['mon', 'sun'], from: '21:00', until: '06:00' }] }],
  };
}

/** The sample operator file with a network, changed. */
function fileOf(network: Partial<NetworkInFile> | undefined, change: (market: OperatorFile['markets'][number]) => void = () => {}) {
  const file = sampleFile();
  const [market] = file.markets;
  assert.ok(market !== undefined);
  if (network !== undefined) market.network = { ...sampleNetwork(), ...network };
  change(market);
  return file;
}

function problemsOf(file: unknown): string[] {
  const read = readOperatorFile(file);
  return isRefusal(read) ? String(read.values['problems']).split('\n') : [];
}

function read(file: unknown) {
  const operator = readOperatorFile(file);
  assert.ok(!isRefusal(operator), isRefusal(operator) ? String(operator.values['problems']) : '');
  const [market] = operator.markets;
  assert.ok(market !== undefined);
  return market;
}

test('the network of a market is read as it is written, times as minutes; an end before its beginning is the next morning [BUY-1]', () => {
  assert.deepEqual(read(fileOf({})).terms.network, {
    ...sampleNetwork(),
    tariffPeriods: [
      { code: 'off_peak', names: sampleNames('Nights'), times: [{ days: ['mon', 'sun'], fromMinute: 1260, untilMinute: 1800 }] },
    ],
  });
});

test('a file without a network stays as it was: no field of nothing changes every market', () => {
  assert.ok(!('network' in read(fileOf(undefined)).terms));
});

test('a network of home alone has no zones, groups, destinations or tariffs', () => {
  const file = sampleFile();
  Object.assign(file.markets[0] ?? {}, { network: { homeNetworks: ['00101'] } });
  assert.deepEqual(read(file).terms.network, {
    homeNetworks: ['00101'],
    zones: [],
    ratingGroups: [],
    destinations: { national: [], free: [], abroad: [] },
    tariffPeriods: [],
  });
});

const all = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const period = (code: string, days: readonly (typeof all)[number][], from: string, until: string) => ({
  code,
  names: sampleNames(code),
  times: [{ days: [...days], from, until }],
});
const zone = (code: string, ...networks: string[]) => ({ code, names: sampleNames(code), networks });
const wrong: [rule: string, network: Partial<NetworkInFile>, path: string][] = [
  ['a home network is MCC and MNC', { homeNetworks: ['310'] }, 'homeNetworks[0]'],
  ['a zone is not called home', { zones: [zone('home', '334')] }, 'zones'],
  ['nor any, which is everywhere', { zones: [zone('any', '334')] }, 'zones'],
  ['a network is in one zone', { zones: [zone('north', '334'), zone('south', '334')] }, 'zones'],
  ['a home network is not abroad', { zones: [zone('north', '310260')] }, 'zones'],
  ['a zone has a network', { zones: [zone('north')] }, 'zones[0].networks'],
  [
    'a rating group has one meaning',
    {
      ratingGroups: [
        { group: 1, service: 'data' },
        { group: 1, service: 'data.video' },
      ],
    },
    'ratingGroups',
  ],
  ['a rating group is of data', { ratingGroups: [{ group: 1, service: 'voice' }] }, 'ratingGroups[0].service'],
  ['a rating group fits 32 bits', { ratingGroups: [{ group: 2 ** 32, service: 'data' }] }, 'ratingGroups[0].group'],
  [
    'a prefix leads to one destination',
    { destinations: { national: ['1'], free: [], abroad: [{ code: 'ca', names: sampleNames('Canada'), prefixes: ['1'] }] } },
    'destinations',
  ],
  ['a prefix has no plus', { destinations: { national: ['+1'], free: [], abroad: [] } }, 'destinations.national[0]'],
  ['a time is before 24:00', { tariffPeriods: [period('night', ['mon'], '24:00', '06:00')] }, 'tariffPeriods[0].times[0].from'],
  ['a time is on the clock', { tariffPeriods: [period('night', ['mon'], '21:60', '06:00')] }, 'tariffPeriods[0].times[0].from'],
  [
    'no minute has two tariffs',
    { tariffPeriods: [period('night', ['mon'], '21:00', '06:00'), period('dawn', ['tue'], '05:59', '07:00')] },
    'tariffPeriods[1].times[0]',
  ],
  [
    'also not where the week begins again',
    { tariffPeriods: [period('night', ['sun'], '21:00', '06:00'), period('monday', ['mon'], '00:00', '01:00')] },
    'tariffPeriods[1].times[0]',
  ],
  [
    'nor one tariff twice',
    { tariffPeriods: [period('night', all, '21:00', '21:00'), period('night', ['mon'], '09:00', '10:00')] },
    'tariffPeriods',
  ],
];
for (const [rule, network, path] of wrong) {
  test(`${rule}, else the file is refused [BUY-1]`, () => {
    const found = problemsOf(fileOf(network)).map((line) => line.slice(0, line.indexOf(':')));
    assert.ok(found.includes(`markets[0].network.${path}`), found.join(', '));
  });
}

test('periods that touch do not overlap', () => {
  const tariffPeriods = [period('night', all, '21:00', '06:00'), period('day', all, '06:00', '21:00')];
  assert.deepEqual(problemsOf(fileOf({ tariffPeriods })), []);
});

const payg = (rates: NonNullable<OperatorFile['markets'][number]['plans'][number]['rates']>) => ({
  code: 'payg',
  names: sampleNames('Pay as you go'),
  whenUsedUp: 'pay as you go',
  rates: [{ service: 'data', price: '0.01', per: '1 MB' }, ...rates],
});

test('a rate may hold in a tariff period and go by increments [BUY-1]', () => {
  const night = {
    service: 'voice',
    zone: 'home',
    price: '0.03',
    per: '1 min',
    tariff: 'off_peak',
    increment: { first: '1 min', next: '1 s' },
  };
  const day = { service: 'voice', zone: 'home', price: '0.05', per: '1 min' };
  const terms = read(fileOf({}, ({ plans }) => plans.push(payg([day, night])))).products.find(({ code }) => code === 'payg')?.terms;
  assert.ok(terms?.kind === 'plan');
  assert.deepEqual(terms.rates.slice(1), [
    { service: 'voice', zone: 'home', price: { currency: 'USD', perUnit: ratio(1n, 12n) }, includesTax: false },
    {
      service: 'voice',
      zone: 'home',
      price: { currency: 'USD', perUnit: ratio(1n, 20n) },
      includesTax: false,
      tariff: 'off_peak',
      increment: { first: 60n, next: 1n },
    },
  ]);
});

const rateFlaws: [rule: string, rate: Parameters<typeof payg>[0][number], path: string][] = [
  ['a rate is for a zone there is', { service: 'data', zone: 'europe', price: '1', per: '1 MB' }, 'rates[1]'],
  ['a rate is for a destination there is', { service: 'voice_abroad.cn', price: '1', per: '1 min' }, 'rates[1]'],
  ['a rate holds in a period there is', { service: 'voice', price: '1', per: '1 min', tariff: 'dawn' }, 'rates[1]'],
  ['a call abroad is priced by time', { service: 'voice_abroad.mx', price: '1', per: '1 MB' }, 'rates[1].per'],
  [
    'an increment is of what is counted',
    { service: 'voice', price: '1', per: '1 min', increment: { first: '1 MB', next: '1 s' } },
    'rates[1].increment.first',
  ],
];
for (const [rule, rate, path] of rateFlaws) {
  test(`${rule}, else the file is refused [BUY-1]`, () => {
    const found = problemsOf(fileOf({}, ({ plans }) => plans.push(payg([rate])))).map((line) => line.slice(0, line.indexOf(':')));
    assert.ok(found.includes(`markets[0].plans[1].${path}`), found.join(', '));
  });
}

test('a service has one rate a zone and tariff [BUY-1]', () => {
  const night = { service: 'voice', price: '0.03', per: '1 min', tariff: 'off_peak' };
  assert.match(problemsOf(fileOf({}, ({ plans }) => plans.push(payg([night, night])))).join(), /rates\[2\]: expected one rate for voice/);
});

test('a market without a network has no tariff periods, and any zone and destination, as before', () => {
  const abroad = { service: 'voice_abroad.cn', zone: 'somewhere', price: '1', per: '1 min' };
  assert.deepEqual(problemsOf(fileOf(undefined, ({ plans }) => plans.push(payg([abroad])))), []);
  const night = { service: 'voice', price: '0.03', per: '1 min', tariff: 'off_peak' };
  assert.match(problemsOf(fileOf(undefined, ({ plans }) => plans.push(payg([night])))).join(), /a tariff period of the market/);
});

test('a pass is for a zone there is, and calls abroad are counted in minutes [BUY-1]', () => {
  const pass = (zone: string, service: string, quantity: string) => ({
    code: 'pass',
    names: sampleNames('Pass'),
    price: '10',
    validFor: '7 days',
    parts: [{ service, zone, quantity }],
  });
  assert.deepEqual(problemsOf(fileOf({}, ({ packs }) => packs.push(pass('mexico-canada', 'data', '2 GB')))), []);
  assert.deepEqual(problemsOf(fileOf({}, ({ packs }) => packs.push(pass('home', 'voice_abroad.mx', '60 min')))), []);
  assert.match(
    problemsOf(fileOf({}, ({ packs }) => packs.push(pass('mars', 'data', '2 GB')))).join(),
    /parts\[0\]: expected a zone of the market/,
  );
  assert.match(
    problemsOf(fileOf({}, ({ packs }) => packs.push(pass('home', 'message_abroad.cn', '9 messages')))).join(),
    /a destination of the market/,
  );
  assert.match(problemsOf(fileOf({}, ({ packs }) => packs.push(pass('home', 'voice_abroad.mx', '2 GB')))).join(), /parts\[0\].quantity/);
});

test('what stands apart in a plan is a class of data [BUY-6]', () => {
  const apart = (service: string) => fileOf({}, ({ plans }) => Object.assign(plans[0] ?? {}, { apart: [service] }));
  const terms = read(apart('data.hotspot')).products[0]?.terms;
  assert.deepEqual(terms?.kind === 'plan' && terms.apart, ['data.hotspot']);
  for (const service of ['data', 'voice', 'voice_abroad.mx'])
    assert.match(problemsOf(apart(service)).join(), /plans\[0\]\.apart\[0\]: expected a class of data/, service);
});
