/** Terms for this folder's tests: a market with two zones, some destinations and an off-peak tariff, and rates with few words. */
import type { Market, Network, UsageRate } from '#domain/catalog';
import { ratio, unitPrice } from '#domain/money';

export const names = (name: string) => ({ en: name, es: name, 'zh-Hans': name, 'zh-Hant': name });

const WORKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

/** Off peak: on workdays from nine in the evening to six in the morning (Friday's lasts into Saturday), all of Saturday and Sunday. */
export const OFF_PEAK: Network['tariffPeriods'][number] = {
  code: 'off_peak',
  names: names('Nights and weekends'),
  times: [
    { days: ['mon', 'tue', 'wed', 'thu'], fromMinute: 21 * 60, untilMinute: 30 * 60 },
    { days: ['fri'], fromMinute: 21 * 60, untilMinute: 24 * 60 },
    { days: ['sat'], fromMinute: 0, untilMinute: 24 * 60 },
    { days: ['sun'], fromMinute: 0, untilMinute: 30 * 60 },
  ],
};

/** Ten minutes of each workday, and an hour of Sunday's night in which many zones set their clocks. */
export const SHORT: Network['tariffPeriods'][number] = {
  code: 'short',
  names: names('Short'),
  times: [
    { days: WORKDAYS, fromMinute: 12 * 60, untilMinute: 12 * 60 + 10 },
    { days: ['sun'], fromMinute: 90, untilMinute: 150 },
  ],
};

export const NETWORK: Network = {
  homeNetworks: ['310260', '00101'],
  zones: [
    { code: 'mexico-canada', names: names('Mexico and Canada'), networks: ['334', '302'] },
    { code: 'border', names: names('At the border'), networks: ['334020'] },
  ],
  ratingGroups: [
    { group: 10, service: 'data' },
    { group: 20, service: 'data.video' },
    { group: 30, service: 'data.hotspot' },
    { group: 90, service: 'data.renewal' },
  ],
  destinations: {
    national: ['1'],
    free: ['911', '611', '+12065550199'],
    abroad: [
      { code: 'mx', names: names('Mexico'), prefixes: ['52'] },
      { code: 'ca', names: names('Canada'), prefixes: ['1604', '1416'] },
      { code: 'in', names: names('India'), prefixes: ['91'] },
    ],
  },
  tariffPeriods: [OFF_PEAK],
};

export type PlacedMarket = Pick<Market, 'network' | 'zone'>;

export function placedMarket(network: Partial<Network> = {}, zone = 'America/New_York'): PlacedMarket {
  return { zone, network: { ...NETWORK, ...network } };
}

/** `price` in minor units for `per` units: 1 for 1,000,000 is a cent for a megabyte. */
export function sampleRate(price: bigint, per: bigint, over: Partial<UsageRate> = {}, currency = 'USD'): UsageRate {
  return {
    service: 'data',
    zone: 'any',
    price: { ...unitPrice(currency, ratio(1n, 1n), 1n), perUnit: ratio(price, per) },
    includesTax: false,
    ...over,
  };
}
