/**
 * From a number to what a guest may see of its line: masked number, present plan, prices (ID-6). The page is the same for every
 * line on the same plan in the same tax region: packs are listed also where one could not be added now.
 */
import type { Asker, GuestLineView, OfferView, PartView, RefusalView, SentenceView } from '#channels/web';
import { lookUpNumber } from '#domain/access';
import { HOTSPOT_SERVICE, type Plan, type Product, type Service } from '#domain/catalog';
import { findNumber } from '#domain/lines';
import { listOffers, type Offer, type Offers, tellTerms } from '#domain/orders';
import { formatMaskedNumber, formatMoney, hasMessage, type Language } from '#platform/messages';
import { isRefusal, Refusal } from '#platform/refusals';
import { type Desk, personOf } from './desk.ts';
import { openLine, sealLine } from './line-ref.ts';
import { writeItem } from './read-item.ts';
import { tellRefusal } from './tell-refusal.ts';

export async function findLine(
  desk: Desk,
  asker: Asker,
  { number }: { readonly number: string },
): Promise<{ readonly ref: string } | RefusalView> {
  const country = desk.house.catalog().brand?.defaultMarket ?? 'US';
  const claim = await lookUpNumber(desk.house, personOf(desk, asker), { number, country });
  return isRefusal(claim) ? tellRefusal(claim, asker) : { ref: sealLine(desk, claim) };
}

export async function readLine(desk: Desk, asker: Asker, { ref }: { readonly ref: string }): Promise<GuestLineView | RefusalView> {
  const { house } = desk;
  const claim = openLine(desk, ref);
  if (isRefusal(claim)) return tellRefusal(claim, asker);
  const offers = await listOffers(house, personOf(desk, asker), claim);
  if (isRefusal(offers)) return tellRefusal(offers, asker);
  const holder = await findNumber(house.database, offers.state.line.number);
  const moved = isRefusal(holder) || holder.lineId !== claim.lineId || holder.claimCount !== claim.claimCount;
  return moved ? tellRefusal(new Refusal('orders.number_moved'), asker) : lineView(asker.language, ref, offers);
}

function lineView(language: Language, ref: string, offers: Offers): GuestLineView {
  const { market, plan, state, now, renewal, packs, topUps } = offers;
  const maskedNumber = formatMaskedNumber(state.line.number);
  const renewable = isRefusal(renewal) || isRefusal(renewal.effect) ? undefined : renewal;
  return {
    ref,
    maskedNumber,
    zone: market.zone,
    now,
    planName: plan?.names[language] ?? maskedNumber,
    pricesIncludeTax: market.pricesIncludeTax,
    ...(renewable === undefined ? {} : { renewal: offerView(language, renewable) }),
    packs: packs.map((offer) => offerView(language, offer)),
    topUp: { presets: topUps.map((offer) => presetView(language, offer)), minimum: market.topUp.min, maximum: market.topUp.max },
    rules: rulesOf(offers, renewable),
  };
}

function rulesOf({ market, plan, renewal, topUps }: Offers, renewable: Offer<Plan> | undefined): GuestLineView['rules'] {
  const extending = plan !== undefined && plan.period === null;
  const [topUp] = topUps;
  return {
    renewal:
      renewable === undefined
        ? whyNot(isRefusal(renewal) ? renewal : renewal.effect)
        : [{ key: 'web.guest.renew', values: {} }, ...tellTerms(market, renewable.product)],
    packs: [{ key: 'web.guest.packs', values: {} }],
    // Where money also buys time, the review says how much.
    topUp: [
      ...(extending ? [] : [{ key: 'web.guest.top_ups', values: {} } as const]),
      ...(topUp === undefined ? [] : tellTerms(market, topUp.product)),
    ],
  };
}

/** The refusal's own words, as a rule. */
function whyNot(refusal: unknown): SentenceView[] {
  if (!isRefusal(refusal)) return [];
  const key = `refusal.${refusal.code}`;
  return hasMessage(key) ? [{ key, values: refusal.values }] : [];
}

/** Without its new end: that would tell the present one. */
export function offerView(language: Language, { request, product, price, sum }: Offer): OfferView {
  const period = product.kind === 'plan' ? product.period : product.kind === 'pack' ? product.validity : null;
  return {
    item: writeItem(request),
    name: product.names[language],
    parts: partViews(product),
    ...(period === null ? {} : { period }),
    price,
    tax: sum.tax,
    total: sum.total,
  };
}

/** A preset is known by its amount. */
export function presetView(language: Language, offer: Offer): OfferView {
  return { ...offerView(language, offer), name: formatMoney(language, offer.price) };
}

/** What people look for: not what is zero-rated, nor classes of data but a hotspot, nor the slow remainder beside data at full speed. */
export function partViews(product: Product): PartView[] {
  if (product.kind === 'top_up') return [];
  const throttle = product.kind === 'plan' && product.exhaustion.kind === 'throttle' ? { throttleKbps: product.exhaustion.speedKbps } : {};
  const fast = product.parts.some(({ service, fullSpeedCap }) => service === 'data' && fullSpeedCap !== 0n);
  return product.parts.flatMap(({ service, zeroRated, quantity, fullSpeedCap }) => {
    const shown = shownService(service);
    if (zeroRated || shown === undefined || (service === 'data' && fullSpeedCap === 0n && fast)) return [];
    return [{ ...shown, quantity, fullSpeedCap, ...(service === 'data' ? throttle : {}) }];
  });
}

/** How a service is shown; undefined: it is not. */
export function shownService(service: Service): Pick<PartView, 'service' | 'hotspot'> | undefined {
  if (service === HOTSPOT_SERVICE) return { service: 'data', hotspot: true };
  return service === 'data' || service === 'voice' || service === 'message' ? { service } : undefined;
}
