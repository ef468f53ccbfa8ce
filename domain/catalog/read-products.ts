/** The plans, packs and top-ups of one market in an operator file. */
import { decimalText, type Money, money } from '#domain/money';
import type { ProductTerms } from './catalog.ts';
import type { Market } from './market.ts';
import type { DatedTerms } from './operator.ts';
import type { MarketInFile, PackInFile, PartInFile, PlanInFile, RateInFile } from './operator-file.ts';
import type { AllowancePart, Exhaustion, Service, UsageRate } from './product.ts';
import {
  amountField,
  firstDayField,
  incrementField,
  lastDayField,
  type Place,
  periodField,
  quantityField,
  unitPriceField,
} from './read-field.ts';
import { readSpeedKbps } from './read-quantity.ts';
import { validateProduct } from './validate-product.ts';

type ProductPlace = Place & { readonly market: Pick<Market, 'currency' | 'taxPoint' | 'topUp' | 'network'> };

/** Codes of top-ups are made from their amounts. */
const TOP_UP = 'top-up';

export function readProducts(place: ProductPlace, file: MarketInFile, path: string): DatedTerms<ProductTerms>[] {
  const products = [
    ...file.plans.map((plan, index) => checked(place, readPlan(place, plan, `${path}.plans[${index}]`), `${path}.plans[${index}]`)),
    ...file.packs.map((pack, index) => checked(place, readPack(place, pack, `${path}.packs[${index}]`), `${path}.packs[${index}]`)),
    ...readTopUps(place, file, path),
  ];
  const codes = products.map(({ code }) => code);
  const repeated = codes.find((code, index) => codes.indexOf(code) !== index);
  if (repeated !== undefined) place.problems.add(path, `each product code once, not ${repeated} again`);
  return products;
}

function checked(place: ProductPlace, product: DatedTerms<ProductTerms>, path: string): DatedTerms<ProductTerms> {
  if (product.terms.kind !== 'top_up' && product.code.startsWith(TOP_UP))
    place.problems.add(`${path}.code`, `a code that does not begin with "${TOP_UP}"`);
  if (product.from !== null && product.terms.validUntil !== null && product.terms.validUntil <= product.from)
    place.problems.add(`${path}.lastDay`, 'a day that is not before firstDay');
  const flaw = validateProduct(product.terms, place.market);
  if (flaw !== undefined) place.problems.add(`${path}.${flaw.values['path']}`, String(flaw.values['expected']));
  return product;
}

function readPlan(place: ProductPlace, plan: PlanInFile, path: string): DatedTerms<ProductTerms> {
  const { problems, market } = place;
  const isPayAsYouGo = plan.period === undefined && plan.price === undefined;
  if (!isPayAsYouGo && plan.price === undefined) problems.add(`${path}.price`, 'a price for the period');
  if (!isPayAsYouGo && plan.period === undefined) problems.add(`${path}.period`, 'the period the price is for');
  const exhaustion = readExhaustion(place, plan.whenUsedUp, `${path}.whenUsedUp`);
  const parts = (plan.parts ?? []).map((part, index) => readPart(place, part, `${path}.parts[${index}]`));
  return {
    code: plan.code,
    from: firstDayField(place, plan.firstDay, `${path}.firstDay`),
    terms: {
      kind: 'plan',
      names: plan.names,
      price: plan.price === undefined ? money(market.currency, 0n) : amountField(place, plan.price, `${path}.price`),
      period: plan.period === undefined ? null : periodField(place, plan.period, `${path}.period`),
      parts: exhaustion.kind === 'throttle' ? withRemainders(parts) : parts,
      exhaustion,
      rates: (plan.rates ?? []).map((rate, index) => readRate(place, rate, `${path}.rates[${index}]`)),
      // Absent where it was not said: a field of nothing would be a change of every plan's terms.
      ...(plan.apart === undefined ? {} : { apart: plan.apart as Service[] }),
      validUntil: lastDayField(place, plan.lastDay, `${path}.lastDay`),
    },
  };
}

function readPack(place: ProductPlace, pack: PackInFile, path: string): DatedTerms<ProductTerms> {
  return {
    code: pack.code,
    from: firstDayField(place, pack.firstDay, `${path}.firstDay`),
    terms: {
      kind: 'pack',
      names: pack.names,
      price: amountField(place, pack.price, `${path}.price`),
      validity: periodField(place, pack.validFor, `${path}.validFor`),
      parts: (pack.parts ?? []).map((part, index) => readPart(place, part, `${path}.parts[${index}]`)),
      validUntil: lastDayField(place, pack.lastDay, `${path}.lastDay`),
    },
  };
}

/** One product for each preset, and one for an amount of one's own. */
function readTopUps(place: ProductPlace, file: MarketInFile, path: string): DatedTerms<ProductTerms>[] {
  const { presets, min, max } = place.market.topUp;
  const from = firstDayField(place, file.firstDay, `${path}.firstDay`);
  return [...presets, null].map((amount, index) => {
    const terms: ProductTerms = { kind: 'top_up', names: file.topUp.names, amount, min, max, validUntil: null };
    const flaw = validateProduct(terms, place.market);
    const field = flaw?.values['path'] === 'amount' ? `presets[${index}]` : flaw?.values['path'];
    if (flaw !== undefined) place.problems.add(`${path}.topUp.${field}`, String(flaw.values['expected']));
    return { code: amount === null ? TOP_UP : codeOf(amount), from, terms };
  });
}

/** $25.00 → "top-up-25", 4.500 dinars → "top-up-4-5". */
function codeOf(amount: Money): string {
  const text = decimalText(amount);
  const bare = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return `${TOP_UP}-${bare.replace('.', '-')}`;
}

function readExhaustion({ problems }: Place, text: string, path: string): Exhaustion {
  if (text === 'stop') return { kind: 'stop' };
  if (text === 'pay as you go') return { kind: 'pay_as_you_go' };
  const speed = text.startsWith('throttle to ') ? readSpeedKbps(text.slice('throttle to '.length)) : undefined;
  const speedKbps = problems.expect(speed, 128, path, '"throttle to 128 kbit/s" (or another speed), "stop" or "pay as you go"');
  return { kind: 'throttle', speedKbps };
}

function readPart(place: Place, part: PartInFile, path: string): AllowancePart {
  const service = part.service as Service;
  const cap = part.fullSpeedCap === undefined ? null : quantityField(place, part.fullSpeedCap, service, `${path}.fullSpeedCap`);
  return {
    service,
    zone: part.zone ?? 'any',
    quantity: quantityField(place, part.quantity, service, `${path}.quantity`),
    fullSpeedCap: cap,
    zeroRated: part.zeroRated ?? false,
    shared: part.shared ?? false,
  };
}

/** Where metered data ends under a throttle, slow data without limit follows: an operator need not write it. */
function withRemainders(parts: readonly AllowancePart[]): AllowancePart[] {
  const data = parts.filter(({ service, zeroRated }) => service === 'data' && !zeroRated);
  const metered = data.filter(
    ({ zone, quantity }) => quantity !== null && !data.some((other) => other.zone === zone && other.quantity === null),
  );
  const zones = new Map(metered.map(({ zone, shared }) => [zone, shared]));
  const remainders = [...zones].map(
    ([zone, shared]): AllowancePart => ({ service: 'data', zone, quantity: null, fullSpeedCap: 0n, zeroRated: false, shared }),
  );
  return [...parts, ...remainders];
}

function readRate(place: ProductPlace, rate: RateInFile, path: string): UsageRate {
  const service = rate.service as Service;
  return {
    service,
    zone: rate.zone ?? 'any',
    price: unitPriceField(place, { ...rate, service }, path),
    includesTax: place.market.taxPoint === 'use',
    ...(rate.tariff === undefined ? {} : { tariff: rate.tariff }),
    ...(rate.increment === undefined ? {} : { increment: incrementField(place, rate.increment, service, `${path}.increment`) }),
  };
}
