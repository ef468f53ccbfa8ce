/** Lines, offers and products as the API tells them. */
import { type PackagePart, type Remaining, readAllowances, readLineCap, summarise } from '#domain/allowances';
import type { AllowancePart, Catalog, Market, Pack, Plan, Product } from '#domain/catalog';
import { keyOf, numberLostAt, usePolicy } from '#domain/lines';
import type { ItemRequest, Offer, Offers } from '#domain/orders';
import type { Queries } from '#platform/database';
import { type Language, sayRefusal } from '#platform/messages';
import { isRefusal, type Refusal } from '#platform/refusals';
import { showMoney } from './show-sale.ts';

/** Where a line is while charging does not say: its allowances for any zone count. */
const HOME_ZONE = 'home';

/** What of an offer can be posted back as an item of a quote. */
function showItem(request: ItemRequest) {
  if (request.kind === 'top_up') return { kind: request.kind, amount: showMoney(request.amount) };
  if (request.kind === 'queue') return { kind: request.kind, product: request.product, starts: request.startRule };
  return request;
}

function showOffer(language: Language, { request, product, price, sum, effect }: Offer, seesLine: boolean) {
  const ends =
    isRefusal(effect) || effect.usableUntil === null || !(seesLine || request.kind === 'pack') ? {} : { usableUntil: effect.usableUntil };
  return {
    item: showItem(request),
    name: product.names[language],
    price: showMoney(price),
    tax: showMoney(sum.tax),
    total: showMoney(sum.total),
    ...ends,
  };
}

/** Prices and the present plan: what anybody may see who knows the number (ID-6). */
export function showOffers(language: Language, offers: Offers, seesLine: boolean) {
  const { plan, market, renewal, packs, topUps, now } = offers;
  const refusal = isRefusal(renewal) ? renewal : isRefusal(renewal.effect) ? renewal.effect : undefined;
  // A guest sees the same packs whatever state the line is in; those who may see it, the ones it can take.
  const shown = packs.filter(({ effect }) => !seesLine || !isRefusal(effect));
  return {
    market: market.code,
    zone: market.zone,
    now,
    ...(plan === undefined ? {} : { plan: { code: plan.code, name: plan.names[language] } }),
    ...(refusal === undefined && !isRefusal(renewal) ? { renewal: showOffer(language, renewal, seesLine) } : {}),
    ...(refusal === undefined ? {} : { notRenewable: showReason(language, refusal) }),
    packs: shown.map((offer) => showOffer(language, offer, seesLine)),
    topUp: {
      presets: topUps.map((offer) => showOffer(language, offer, seesLine)),
      minimum: showMoney(market.topUp.min),
      maximum: showMoney(market.topUp.max),
    },
  };
}

function showReason(language: Language, refusal: Refusal): { code: string; title: string } {
  return { code: refusal.code, title: sayRefusal(language, refusal) };
}

/** What is left, until when, and what waits (SEE-1): for those who may see the line. */
export async function showDetails(queries: Queries, language: Language, { state, plan, market, now, balance, catalog }: Offers) {
  const { line, queue } = state;
  const [allowances, cap] = await Promise.all([readAllowances(queries, { ...keyOf(line), at: now }), readLineCap(queries, keyOf(line))]);
  const { lineId } = line;
  const { data, voice, message, packages } = summarise(allowances, {
    zone: HOME_ZONE,
    lineId,
    now,
    policy: usePolicy(plan),
  });
  const lostAt = numberLostAt(line, market);
  return {
    state: line.state,
    stateSince: line.stateSince,
    ...(line.paidUntil === null ? {} : { paidUntil: line.paidUntil }),
    ...(lostAt === undefined ? {} : { numberLostAt: lostAt }),
    balance: showMoney(balance),
    data: {
      speed: data.speed,
      remaining: showRemaining(data),
      ...(cap === null ? {} : { cap }),
      capReached: data.capReached === true,
    },
    voice: showRemaining(voice),
    message: showRemaining(message),
    packages: packages.map(({ productCode, productVersion, state: use, validFrom, validUntil, parts }) => ({
      product: productCode,
      name: nameOf(catalog, market, language, { code: productCode, version: productVersion }),
      state: use,
      validFrom,
      validUntil,
      parts: parts.map(showPackagePart),
    })),
    waiting: queue.map(({ planCode, planVersion, startRule, startsAt, endsAt }) => ({
      product: planCode,
      name: nameOf(catalog, market, language, { code: planCode, version: planVersion }),
      starts: startRule,
      startsAt,
      endsAt,
    })),
  };
}

function nameOf(catalog: Catalog, market: Market, language: Language, product: { code: string; version: number }): string {
  return catalog.productVersion(market.code, product.code, product.version)?.names[language] ?? product.code;
}

/** Without a quantity: unlimited. */
function showRemaining({ left, granted }: Remaining) {
  const unlimited = left === null;
  return { unlimited, ...(left === null ? {} : { left }), ...(granted === null ? {} : { granted }) };
}

function showPackagePart({ service, zone, zeroRated, shared, share, left, granted }: PackagePart) {
  return { service, zone, ...showRemaining({ left, granted }), zeroRated, shared, ...(share === undefined ? {} : { share }) };
}

function showPart({ service, zone, quantity, fullSpeedCap, zeroRated, shared }: AllowancePart) {
  return {
    service,
    zone,
    unlimited: quantity === null,
    ...(quantity === null ? {} : { quantity }),
    ...(fullSpeedCap === null ? {} : { fullSpeedCap }),
    zeroRated,
    shared,
  };
}

/** What is on sale in a market (BUY-1). */
export function showProducts(language: Language, market: Market, products: readonly Product[]) {
  return {
    market: market.code,
    currency: market.currency,
    zone: market.zone,
    pricesIncludeTax: market.pricesIncludeTax,
    termsVersion: market.termsVersion,
    paymentChoices: [...market.paymentChoices],
    plans: products.flatMap((product) => (product.kind === 'plan' ? [showPlan(language, product)] : [])),
    packs: products.flatMap((product) => (product.kind === 'pack' ? [showPack(language, product)] : [])),
    topUp: { presets: market.topUp.presets.map(showMoney), minimum: showMoney(market.topUp.min), maximum: showMoney(market.topUp.max) },
  };
}

function showPlan(language: Language, { code, names, price, period, parts, exhaustion }: Plan) {
  return {
    code,
    name: names[language],
    ...(period === null ? {} : { price: showMoney(price), period }),
    parts: parts.map(showPart),
    whenUsedUp: exhaustion,
  };
}

function showPack(language: Language, { code, names, price, validity, parts }: Pack) {
  return { code, name: names[language], price: showMoney(price), validFor: validity, parts: parts.map(showPart) };
}
