/** The tax regions of one market in an operator file. */
import { addRatios, isPositive, parsePercent, ratio } from '#domain/money';
import type { TaxComponent, TaxRegion } from './market.ts';
import type { ComponentInFile, MarketInFile, RegionInFile } from './operator-file.ts';
import { amountField, type Place } from './read-field.ts';

export function readTaxRegions(place: Place, tax: MarketInFile['tax'], path: string): TaxRegion[] {
  const codes = tax.regions.map(({ code }) => code);
  if (new Set(codes).size !== codes.length) place.problems.add(`${path}.regions`, 'each region code once');
  if (!codes.includes(tax.defaultRegion))
    place.problems.add(`${path}.defaultRegion`, `the code of one of the regions (${codes.join(', ')})`);
  return tax.regions.map((region, index) => readRegion(place, region, `${path}.regions[${index}]`));
}

function readRegion(place: Place, region: RegionInFile, path: string): TaxRegion {
  const { code, names } = region;
  const components = region.components.map((component, index) => readComponent(place, component, `${path}.components[${index}]`));
  if (new Set(components.map((component) => component.code)).size !== components.length)
    place.problems.add(`${path}.components`, 'each component code once');
  const rates = components.flatMap((component) => (component.kind === 'percentage' ? [component.rate] : []));
  const all = rates.reduce(addRatios, ratio(0n, 1n));
  if (all.numerator > all.denominator) place.problems.add(`${path}.components`, 'percentages that are 100% together at most');
  const postcodes = (region.postcodes ?? []).map(([from = '', to = ''], index) => {
    if (from.length !== to.length || from > to)
      place.problems.add(`${path}.postcodes[${index}]`, 'two beginnings of one length, the lower first');
    return { from, to };
  });
  return { code, names, postcodes, components };
}

function readComponent(place: Place, { code, names, rate, amount }: ComponentInFile, path: string): TaxComponent {
  if ((rate === undefined) === (amount === undefined)) place.problems.add(path, 'either rate or amount');
  if (amount !== undefined) {
    const fixed = amountField(place, amount, `${path}.amount`);
    if (!isPositive(fixed)) place.problems.add(`${path}.amount`, 'an amount above zero');
    return { kind: 'fixed', code, names, amount: fixed };
  }
  const percentage = place.problems.expect(parsePercent(rate ?? ''), ratio(0n, 1n), `${path}.rate`, 'a percentage like "8.75%"');
  return { kind: 'percentage', code, names, rate: percentage };
}
