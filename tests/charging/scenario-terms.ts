/**
 * What the charging scenarios are sold: the demonstration's markets with a network around them, and plans of sizes one can
 * add up in one's head. A million octets are a MB.
 */
import type { AllowancePart, Catalog, Exhaustion, Market, Network, Pack, Plan, Product, UsageRate } from '#domain/catalog';
import { money, ratio, unitPrice } from '#domain/money';
import { present } from '#platform/assert';

const MB = 1_000_000n;
const names = (name: string) => ({ en: name, es: name, 'zh-Hans': name, 'zh-Hant': name });

const NETWORK: Network = {
  homeNetworks: ['310260'],
  zones: [
    { code: 'neighbours', names: names('Neighbours'), networks: ['334', '302'] },
    { code: 'europe', names: names('Europe'), networks: ['262'] },
  ],
  ratingGroups: [
    { group: 10, service: 'data' },
    { group: 20, service: 'data.video' },
    { group: 30, service: 'data.renewal' },
    { group: 40, service: 'data.hotspot' },
    { group: 50, service: 'data.chat' },
  ],
  destinations: { national: ['1'], free: ['911'], abroad: [{ code: 'mx', names: names('Mexico'), prefixes: ['52'] }] },
  tariffPeriods: [
    {
      code: 'night',
      names: names('Night'),
      times: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], fromMinute: 1320, untilMinute: 1800 }],
    },
  ],
};

const part = (service: AllowancePart['service'], quantity: bigint | null, over: Partial<AllowancePart> = {}): AllowancePart => ({
  ...{ service, zone: 'any', quantity, fullSpeedCap: null, zeroRated: false, shared: false },
  ...over,
});
const data = (megabytes: bigint, over: Partial<AllowancePart> = {}) => part('data', megabytes * MB, over);
const STOP: Exhaustion = { kind: 'stop' };
const SLOW: Exhaustion = { kind: 'throttle', speedKbps: 128 };
const PAY: Exhaustion = { kind: 'pay_as_you_go' };

/** `price` in the currency's own units, for `per` octets, seconds or messages. */
const rate = (service: UsageRate['service'], price: readonly [bigint, bigint], per: bigint, over: Partial<UsageRate> = {}): UsageRate => ({
  ...{ service, zone: 'any', price: unitPrice('USD', ratio(...price), per), includesTax: false },
  ...over,
});
const RATES: readonly UsageRate[] = [
  rate('data', [1n, 100n], MB),
  rate('data', [1n, 200n], MB, { tariff: 'night' }),
  rate('data', [5n, 100n], MB, { zone: 'neighbours' }),
  rate('voice', [5n, 100n], 60n),
  rate('voice_abroad.mx', [20n, 100n], 60n, { increment: { first: 60n, next: 30n } }),
  rate('message', [2n, 100n], 1n),
];

type PlanTerms = Pick<Plan, 'parts' | 'exhaustion'> & Partial<Pick<Plan, 'rates' | 'apart' | 'period'>>;
const PLANS: Readonly<Record<string, PlanTerms>> = {
  /** 100 MB, ten minutes, ten messages; then it stops. */
  small: { parts: [data(100n), part('voice', 600n), part('message', 10n)], exhaustion: STOP },
  /** 100 MB, then 128 kbit/s. */
  slow: { parts: [data(100n), part('data', null, { fullSpeedCap: 0n })], exhaustion: SLOW },
  /** Unlimited, of which 100 MB go at full speed. */
  capped: { parts: [part('data', null, { fullSpeedCap: 100n * MB })], exhaustion: SLOW },
  video: { parts: [data(100n), part('data.video', 50n * MB), part('data.chat', null, { zeroRated: true })], exhaustion: STOP },
  hotspot: { parts: [data(100n), part('data.hotspot', 20n * MB)], apart: ['data.hotspot'], exhaustion: STOP },
  family: { parts: [data(100n, { shared: true })], exhaustion: STOP },
  member: { parts: [data(30n), part('voice', 600n)], exhaustion: STOP },
  home: { parts: [data(100n, { zone: 'home' }), data(30n, { zone: 'neighbours' })], exhaustion: STOP },
  day: { parts: [data(100n)], period: { unit: 'day', count: 1 }, exhaustion: STOP },
  unlimited: { parts: [part('data', null), part('voice', null)], exhaustion: STOP },
  /** 20 MB, then a cent a MB. */
  tail: { parts: [data(20n)], exhaustion: PAY, rates: RATES },
  /** Two messages, then two cents each. */
  notes: { parts: [part('message', 2n)], exhaustion: PAY, rates: RATES },
};
const PACKS: Readonly<Record<string, readonly AllowancePart[]>> = {
  'pack-50': [data(50n)],
  'pack-roam': [data(30n, { zone: 'neighbours' })],
  'pack-talk': [part('voice', 60n)],
};

/** The demonstration's catalogue with these beside it; its own pay as you go has their rates. */
export function withScenarioTerms(catalog: Catalog): Catalog {
  const made = (market: string, code: string): Product | undefined => {
    const plan = PLANS[code];
    const parts = PACKS[code];
    const model = (of: string) => present(catalog.productVersion(market, of, 1), `the demonstration sells ${of}`);
    if (plan !== undefined) {
      const { price, period, ...rest } = model('month-5gb') as Plan;
      return { ...rest, price: money(price.currency, 1000n), period, rates: [], ...plan, code };
    }
    if (parts !== undefined) return { ...(model('pack-1gb') as Pack), validity: { unit: 'day', count: 20 }, parts, code };
    if (market === 'US' && code === 'payg') return { ...(model('payg') as Plan), rates: RATES };
    return undefined;
  };
  const known = (market: Market | undefined) => market && { ...market, network: NETWORK };
  return {
    ...catalog,
    market: (code, at) => known(catalog.market(code, at)),
    marketVersion: (code, version) => known(catalog.marketVersion(code, version)),
    product: (market, code, at) => made(market, code) ?? catalog.product(market, code, at),
    productVersion: (market, code, version) => made(market, code) ?? catalog.productVersion(market, code, version),
  };
}
