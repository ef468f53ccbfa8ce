/**
 * Whether a product can be sold at all. Everything that applies, grants and rates a product relies on these rules, so that
 * none of them has to ask again.
 */
import { compare, isPositive, isZero, type Money } from '#domain/money';
import { LANGUAGES } from '#platform/messages';
import type { Refusal } from '#platform/refusals';
import type { ProductTerms } from './catalog.ts';
import { unknownPlace, unknownTariff } from './find-unknown-terms.ts';
import type { Market, Period } from './market.ts';
import { type AllowancePart, type Pack, type Plan, type TopUp, unitOf } from './product.ts';
import { refuse } from './refusals.ts';

export type ProductRefusal = Refusal<
  | 'catalog.product_names_missing'
  | 'catalog.product_currency_differs'
  | 'catalog.product_price_wrong'
  | 'catalog.product_period_wrong'
  | 'catalog.product_parts_wrong'
  | 'catalog.product_throttle_wrong'
  | 'catalog.product_rates_wrong'
  | 'catalog.product_limits_wrong'
>;

type MarketRules = Pick<Market, 'currency' | 'taxPoint' | 'network'>;
type PlanTerms = Omit<Plan, 'market' | 'code' | 'version' | 'validFrom'>;
type PackTerms = Omit<Pack, 'market' | 'code' | 'version' | 'validFrom'>;
type TopUpTerms = Omit<TopUp, 'market' | 'code' | 'version' | 'validFrom'>;
type Refuse = (place: string, expected: string) => ProductRefusal;

const COUNT_MAX: Readonly<Record<Period['unit'], number>> = { day: 730, month: 36, year: 3 };
const SPEED_KBPS_MIN = 16;
const SPEED_KBPS_MAX = 1_000_000;

/** The first rule a product breaks, with `path` (from the product on) and `expected`; undefined when it breaks none. */
export function validateProduct(product: ProductTerms, market: MarketRules): ProductRefusal | undefined {
  const nameless = LANGUAGES.find((language) => (product.names[language] ?? '').trim() === '');
  if (nameless !== undefined) return refuse('catalog.product_names_missing', { path: `names.${nameless}`, expected: 'a name' });
  const foreign = moneyIn(product).find(([, amount]) => amount.currency !== market.currency);
  if (foreign !== undefined)
    return refuse('catalog.product_currency_differs', { path: foreign[0], expected: `an amount in ${market.currency}` });
  switch (product.kind) {
    case 'plan':
      return flawOfPlan(product, market);
    case 'pack':
      return flawOfPack(product, market);
    case 'top_up':
      return flawOfTopUp(product);
  }
}

function moneyIn(product: ProductTerms): [string, { readonly currency: string }][] {
  switch (product.kind) {
    case 'plan':
      return [
        ['price', product.price],
        ...product.rates.map(({ price }, index): [string, { currency: string }] => [`rates[${index}].price`, price]),
      ];
    case 'pack':
      return [['price', product.price]];
    case 'top_up':
      return [
        ['min', product.min],
        ['max', product.max],
        ...(product.amount === null ? [] : [['amount', product.amount] as [string, Money]]),
      ];
  }
}

function flawOfPlan(plan: PlanTerms, market: MarketRules): ProductRefusal | undefined {
  const flaw = plan.period === null ? flawOfPayAsYouGo(plan, market) : flawOfPeriodPlan(plan, plan.period, market);
  return flaw ?? flawOfApart(plan) ?? flawOfRates(plan, market);
}

/** The whole of a service cannot stand apart from itself. */
function flawOfApart({ apart = [] }: PlanTerms): ProductRefusal | undefined {
  const wrong = apart.findIndex((service) => !service.startsWith('data.'));
  return wrong < 0
    ? undefined
    : refuse('catalog.product_parts_wrong', { path: `apart[${wrong}]`, expected: 'a class of data, like "data.hotspot"' });
}

function flawOfPayAsYouGo(plan: PlanTerms, market: MarketRules): ProductRefusal | undefined {
  const parts: Refuse = (path, expected) => refuse('catalog.product_parts_wrong', { path, expected });
  if (!isZero(plan.price))
    return refuse('catalog.product_price_wrong', {
      path: 'price',
      expected: 'no price without a period: pay as you go costs what is used',
    });
  if (plan.exhaustion.kind !== 'pay_as_you_go')
    return refuse('catalog.product_rates_wrong', { path: 'whenUsedUp', expected: '"pay as you go", for a plan without a period' });
  const granted = plan.parts.findIndex(({ zeroRated }) => !zeroRated);
  if (granted >= 0) return parts(`parts[${granted}]`, 'zero-rated parts only, for a plan without a period');
  return flawOfParts(plan.parts, market, parts);
}

function flawOfPeriodPlan(plan: PlanTerms, period: Period, market: MarketRules): ProductRefusal | undefined {
  const parts: Refuse = (path, expected) => refuse('catalog.product_parts_wrong', { path, expected });
  if (!isPositive(plan.price)) return refuse('catalog.product_price_wrong', { path: 'price', expected: 'a price above zero' });
  const flaw = flawOfPeriod(period, 'period') ?? flawOfParts(plan.parts, market, parts);
  if (flaw !== undefined) return flaw;
  if (plan.parts.every(({ zeroRated }) => zeroRated)) return parts('parts', 'at least one part that is not zero-rated');
  return plan.exhaustion.kind === 'throttle' ? flawOfThrottle(plan, plan.exhaustion.speedKbps, parts) : flawOfFullSpeed(plan, parts);
}

/** Under a throttle, where metered data ends a throttled remainder begins, in the same zone. */
function flawOfThrottle(plan: PlanTerms, speedKbps: number, parts: Refuse): ProductRefusal | undefined {
  if (!Number.isInteger(speedKbps) || speedKbps < SPEED_KBPS_MIN || speedKbps > SPEED_KBPS_MAX)
    return refuse('catalog.product_throttle_wrong', { path: 'whenUsedUp', expected: `a speed from ${SPEED_KBPS_MIN} kbit/s to 1 Gbit/s` });
  const data = plan.parts.filter(({ service, zeroRated }) => service === 'data' && !zeroRated);
  if (data.length === 0) return parts('parts', 'a data part, for a plan that throttles');
  const open = data.find(
    ({ zone, quantity }) => quantity !== null && !data.some((other) => other.zone === zone && other.quantity === null),
  );
  return open && parts('parts', `a throttled remainder beside the metered data of zone ${open.zone}`);
}

function flawOfFullSpeed(plan: PlanTerms, parts: Refuse): ProductRefusal | undefined {
  const slow = plan.parts.findIndex(({ fullSpeedCap }) => fullSpeedCap !== null);
  return slow < 0 ? undefined : parts(`parts[${slow}].fullSpeedCap`, 'no full-speed cap, unless the plan throttles when it is reached');
}

function flawOfPack(pack: PackTerms, market: MarketRules): ProductRefusal | undefined {
  const parts: Refuse = (path, expected) => refuse('catalog.product_parts_wrong', { path, expected });
  if (!isPositive(pack.price)) return refuse('catalog.product_price_wrong', { path: 'price', expected: 'a price above zero' });
  if (pack.parts.length === 0) return parts('parts', 'at least one part');
  const throttled = pack.parts.findIndex(({ fullSpeedCap }) => fullSpeedCap === 0n);
  if (throttled >= 0) return parts(`parts[${throttled}].fullSpeedCap`, 'data at full speed: nobody buys a pack of throttled data');
  return flawOfPeriod(pack.validity, 'validFor') ?? flawOfParts(pack.parts, market, parts);
}

function flawOfTopUp({ amount, min, max }: TopUpTerms): ProductRefusal | undefined {
  const limits: Refuse = (path, expected) => refuse('catalog.product_limits_wrong', { path, expected });
  if (!isPositive(min)) return limits('min', 'an amount above zero');
  if (compare(min, max) > 0) return limits('max', 'an amount not below the least');
  if (amount !== null && (compare(amount, min) < 0 || compare(amount, max) > 0)) return limits('amount', 'an amount within the limits');
  return undefined;
}

function flawOfPeriod({ unit, count }: Period, path: string): ProductRefusal | undefined {
  if (Number.isInteger(count) && count >= 1 && count <= COUNT_MAX[unit]) return undefined;
  return refuse('catalog.product_period_wrong', { path, expected: `1 to ${COUNT_MAX[unit]} ${unit}s` });
}

function flawOfParts(parts: readonly AllowancePart[], market: MarketRules, parted: Refuse): ProductRefusal | undefined {
  const seen = new Set<string>();
  for (const [index, part] of parts.entries()) {
    const flaw = flawOfPart(part, (place, expected) => parted(`parts[${index}]${place}`, expected));
    if (flaw !== undefined) return flaw;
    const place = unknownPlace(part, market);
    if (place !== undefined) return parted(`parts[${index}]`, place);
    const key = [part.service, part.zone, part.zeroRated, part.shared, roleOf(part)].join(' ');
    if (seen.has(key)) return parted(`parts[${index}]`, `${part.service} of zone ${part.zone} once`);
    seen.add(key);
    if (roleOf(part) === 'unlimited' && parts.some((other) => isBeside(part, other) && roleOf(other) !== 'unlimited'))
      return parted(`parts[${index}]`, `nothing else of ${part.service} in zone ${part.zone}: unlimited leaves nothing to meter`);
  }
  return undefined;
}

function flawOfPart({ service, quantity, fullSpeedCap, zeroRated }: AllowancePart, parted: Refuse): ProductRefusal | undefined {
  if (quantity !== null && quantity <= 0n) return parted('.quantity', 'a quantity above zero, or unlimited');
  if (zeroRated && (quantity !== null || fullSpeedCap !== null))
    return parted('', 'an unlimited quantity and no cap, for what is zero-rated');
  if (fullSpeedCap === null) return undefined;
  if (unitOf(service) !== 'octet') return parted('.fullSpeedCap', 'no full-speed cap: only data has a speed');
  if (fullSpeedCap < 0n || (quantity !== null && fullSpeedCap >= quantity)) return parted('.fullSpeedCap', 'a cap below the quantity');
  return undefined;
}

function roleOf({ quantity, fullSpeedCap }: AllowancePart): 'metered' | 'unlimited' | 'remainder' {
  if (quantity !== null) return 'metered';
  return fullSpeedCap === 0n ? 'remainder' : 'unlimited';
}

function isBeside(part: AllowancePart, other: AllowancePart): boolean {
  return other.service === part.service && other.zone === part.zone && other.zeroRated === part.zeroRated && other.shared === part.shared;
}

function flawOfRates(plan: PlanTerms, market: MarketRules): ProductRefusal | undefined {
  const wrong: Refuse = (path, expected) => refuse('catalog.product_rates_wrong', { path, expected });
  if (plan.exhaustion.kind === 'pay_as_you_go' && !plan.rates.some(({ service }) => service === 'data'))
    return wrong('rates', 'a rate for data, for a plan that goes on as pay as you go');
  for (const [index, rate] of plan.rates.entries()) {
    const { service, zone, tariff, price, increment, includesTax } = rate;
    if (price.perUnit.numerator <= 0n) return wrong(`rates[${index}].price`, 'a price above zero');
    if (includesTax !== (market.taxPoint === 'use'))
      return wrong(`rates[${index}]`, 'tax in the rate where the tax point is use, and only there');
    if (increment !== undefined && (increment.first <= 0n || increment.next <= 0n))
      return wrong(`rates[${index}].increment`, 'increments above zero');
    const place = unknownPlace(rate, market) ?? unknownTariff(rate, market);
    if (place !== undefined) return wrong(`rates[${index}]`, place);
    if (plan.rates.findIndex((other) => other.service === service && other.zone === zone && other.tariff === tariff) !== index)
      return wrong(`rates[${index}]`, `one rate for ${service} in zone ${zone}${tariff === undefined ? '' : ` at tariff ${tariff}`}`);
  }
  return undefined;
}
