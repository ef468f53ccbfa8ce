import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Service, UsageRate } from '#domain/catalog';
import { rateFor } from './find-rate.ts';
import { sampleRate } from './sample-terms.ts';

/** "data.video home off_peak"; without a tariff it holds always. */
function rateOf(text: string): UsageRate {
  const [service = '', zone = '', tariff] = text.split(' ');
  return sampleRate(1n, 1n, { service: service as Service, zone, ...(tariff === undefined ? {} : { tariff }) });
}

function textOf(rate: UsageRate | undefined): string | undefined {
  return rate && [rate.service, rate.zone, ...(rate.tariff === undefined ? [] : [rate.tariff])].join(' ');
}

const cases: [rule: string, rates: string[], use: [service: Service, zone: string, tariff: string | null], found: string | undefined][] = [
  ['no rate, no price', [], ['data', 'home', null], undefined],
  ['a rate holds for its classes', ['data any'], ['data.video', 'home', null], 'data any'],
  ['a rate for a class holds for it alone', ['data.video any'], ['data', 'home', null], undefined],
  ['a class is not a beginning of letters', ['data.video any'], ['data.videos', 'home', null], undefined],
  ['a rate for calls is no rate for calls abroad', ['voice any'], ['voice_abroad.mx', 'home', null], undefined],
  ['one for calls abroad holds for each country', ['voice any', 'voice_abroad any'], ['voice_abroad.mx', 'home', null], 'voice_abroad any'],
  ['a country has its own', ['voice_abroad any', 'voice_abroad.mx any'], ['voice_abroad.mx', 'home', null], 'voice_abroad.mx any'],
  ['a rate of another zone does not hold', ['data home'], ['data', 'other', null], undefined],
  ['the zone goes before any', ['data any', 'data home'], ['data', 'home', null], 'data home'],
  ['any holds elsewhere', ['data any', 'data home'], ['data', 'europe', null], 'data any'],
  ['a tariff goes before the ordinary', ['voice any', 'voice any off_peak'], ['voice', 'home', 'off_peak'], 'voice any off_peak'],
  ['the ordinary holds where no tariff does', ['voice any', 'voice any off_peak'], ['voice', 'home', null], 'voice any'],
  ['a rate of another tariff does not hold', ['voice any off_peak'], ['voice', 'home', null], undefined],
  ['service before zone', ['data home', 'data.video any'], ['data.video', 'home', null], 'data.video any'],
  ['zone before tariff', ['voice any off_peak', 'voice home'], ['voice', 'home', 'off_peak'], 'voice home'],
  ['service before tariff', ['data any off_peak', 'data.video any'], ['data.video', 'home', 'off_peak'], 'data.video any'],
];
for (const [rule, rates, [service, zone, tariff], found] of cases) {
  test(`${rule}: ${service} in ${zone}${tariff === null ? '' : ` ${tariff}`} of [${rates.join(', ')}] [BUY-1]`, () => {
    for (const ordered of [rates, rates.toReversed()])
      assert.equal(textOf(rateFor({ rates: ordered.map(rateOf) }, { service, zone, tariff })), found);
  });
}

test('which rate is found does not depend on their order, and every one that holds is at most as specific', () => {
  const services: Service[] = ['data', 'data.video', 'data.video.hd', 'voice'];
  const rate = fc.record({
    service: fc.constantFrom(...services),
    zone: fc.constantFrom('any', 'home', 'europe'),
    tariff: fc.constantFrom(undefined, 'off_peak'),
  });
  const asText = (each: { service: string; zone: string; tariff: string | undefined }) =>
    [each.service, each.zone, each.tariff].filter((word) => word !== undefined).join(' ');
  fc.assert(
    fc.property(fc.uniqueArray(rate, { selector: asText, maxLength: 12 }), fc.constantFrom(...services), (rates, service) => {
      const use = { service, zone: 'home', tariff: 'off_peak' };
      const found = rateFor({ rates: rates.map(asText).map(rateOf) }, use);
      assert.equal(textOf(found), textOf(rateFor({ rates: rates.toReversed().map(asText).map(rateOf) }, use)));
    }),
  );
});
