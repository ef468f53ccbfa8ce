/** What this folder's tests are told about: a market, plans and lines with few words. */
import type { AllowancePart, Market, Pack, Plan } from '#domain/catalog';
import { money } from '#domain/money';
import { DAY_MS } from '#platform/clock';
import type { Line, LineWithQueue, QueuedPlan } from './line.ts';

/** 2 November 2026, noon in New York. */
export const NOW = new Date('2026-11-02T17:00:00Z');
export const daysFromNow = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);

const names = (name: string) => ({ en: name, es: name, 'zh-Hans': name, 'zh-Hant': name });

export const MARKET: Market = {
  code: 'US',
  version: 1,
  validFrom: new Date('2026-01-01T00:00:00Z'),
  validUntil: null,
  names: names('United States'),
  currency: 'USD',
  languages: ['en'],
  zone: 'America/New_York',
  taxPoint: 'load',
  pricesIncludeTax: false,
  taxRounding: 'line',
  taxRegions: [{ code: 'NONE', names: names('None'), postcodes: [], components: [] }],
  taxRegionDefault: 'NONE',
  topUp: { presets: [money('USD', 1000n)], min: money('USD', 100n), max: money('USD', 50_000n) },
  lifecycle: { expiredDays: 7, suspendedDays: 30, parkedDays: 60, payAsYouGoDays: 90 },
  receiptPrefix: 'US',
  seller: { name: 'Seller', taxNumber: '1', address: [] },
  paymentChoices: ['card'],
  termsVersion: '2026-01',
};

const DATA: AllowancePart = { service: 'data', zone: 'any', quantity: 5_000_000_000n, fullSpeedCap: null, zeroRated: false, shared: false };

export function examplePlan(over: Partial<Plan> = {}): Plan {
  return {
    kind: 'plan',
    market: 'US',
    code: 'month-5gb',
    version: 1,
    validFrom: MARKET.validFrom,
    validUntil: null,
    names: names('Month'),
    price: money('USD', 2500n),
    period: { unit: 'month', count: 1 },
    parts: [DATA],
    exhaustion: { kind: 'throttle', speedKbps: 128 },
    rates: [],
    ...over,
  };
}

export const PAY_AS_YOU_GO = examplePlan({
  code: 'payg',
  price: money('USD', 0n),
  period: null,
  parts: [],
  exhaustion: { kind: 'pay_as_you_go' },
});

export function examplePack(over: Partial<Pack> = {}): Pack {
  const { market, version, validFrom, validUntil, names } = examplePlan();
  const common = { market, version, validFrom, validUntil, names };
  return {
    kind: 'pack',
    ...common,
    code: 'pack-1gb',
    price: money('USD', 500n),
    validity: { unit: 'day', count: 7 },
    parts: [DATA],
    ...over,
  };
}

/** Active on `month-5gb`, in its first month since 15 October, paid to the end of 15 November in New York. */
export function exampleLine(over: Partial<Line> = {}): Line {
  return {
    slot: 5,
    accountId: 5n,
    lineId: 77n,
    number: '+12065550100',
    market: 'US',
    taxRegion: null,
    language: 'en',
    email: null,
    state: 'active',
    stateSince: new Date('2026-10-15T14:00:00Z'),
    planCode: 'month-5gb',
    planVersion: 1,
    anchorDay: 15,
    periodStartedAt: new Date('2026-10-15T14:00:00Z'),
    paidUntil: new Date('2026-11-16T05:00:00Z'),
    dueAt: null,
    remindedEndingDays: null,
    remindedDataPercent: null,
    lastPaidAt: new Date('2026-10-15T14:00:00Z'),
    ...over,
  };
}

/** Waits behind `exampleLine`: from its end to the end of 15 December. */
export function exampleQueued(over: Partial<QueuedPlan> = {}): QueuedPlan {
  return {
    orderId: 900n,
    itemNo: 0,
    planCode: 'month-10gb',
    planVersion: 1,
    startRule: 'at_end',
    anchorDay: 15,
    periodUnit: 'month',
    periodCount: 1,
    startsAt: new Date('2026-11-16T05:00:00Z'),
    endsAt: new Date('2026-12-16T05:00:00Z'),
    ...over,
  };
}

export function exampleState(line: Partial<Line> = {}, queue: readonly QueuedPlan[] = []): LineWithQueue {
  return { line: exampleLine(line), queue };
}

/** A line whose end came `daysAgo` and that has been in `state` since then. */
export function lapsedState(state: 'expired' | 'suspended' | 'parked' | 'lost', daysAgo = 1): LineWithQueue {
  return exampleState({
    state,
    stateSince: daysFromNow(-daysAgo),
    paidUntil: daysFromNow(-daysAgo),
    periodStartedAt: daysFromNow(-daysAgo - 30),
  });
}
