/** A market and its parts for tests: dollars, prices without tax, no tax until a test says so. */
import { money, ratio } from '#domain/money';
import type { Market, Names, TaxComponent, TaxRegion } from './market.ts';

export function sampleNames(name: string): Names {
  return { en: name, es: name, 'zh-Hans': name, 'zh-Hant': name };
}

/** `percent` in hundredths of a percent: 875 is 8.75%. */
export function samplePercentage(code: string, percent: number): TaxComponent {
  return { kind: 'percentage', code, names: sampleNames(code), rate: ratio(BigInt(percent), 10_000n) };
}

export function sampleFee(code: string, minor: bigint, currency = 'USD'): TaxComponent {
  return { kind: 'fixed', code, names: sampleNames(code), amount: money(currency, minor) };
}

export function sampleRegion(code: string, components: readonly TaxComponent[], postcodes: TaxRegion['postcodes'] = []): TaxRegion {
  return { code, names: sampleNames(code), postcodes, components };
}

export function sampleMarket(changes: Partial<Market> = {}, components: readonly TaxComponent[] = []): Market {
  const currency = changes.currency ?? 'USD';
  return {
    code: 'US',
    version: 1,
    validFrom: new Date('2025-01-01T05:00:00Z'),
    validUntil: null,
    names: sampleNames('United States'),
    currency,
    languages: ['en'],
    zone: 'America/New_York',
    taxPoint: 'use',
    pricesIncludeTax: false,
    taxRounding: 'line',
    taxRegions: [sampleRegion('HERE', components)],
    taxRegionDefault: 'HERE',
    topUp: { presets: [money(currency, 1000n)], min: money(currency, 500n), max: money(currency, 20_000n) },
    lifecycle: { expiredDays: 30, suspendedDays: 30, parkedDays: 30, payAsYouGoDays: 90 },
    receiptPrefix: 'US',
    seller: { name: 'Seller', taxNumber: '1', address: ['Somewhere'] },
    paymentChoices: ['card'],
    termsVersion: '2025-01',
    ...changes,
  };
}
