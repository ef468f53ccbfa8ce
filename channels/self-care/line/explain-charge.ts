/**
 * One charge of the network, in sentences (SEE-2): how much of what, where, what paid for it and at which price, and why the next
 * portion has its size. Pure: everything said comes from its row and the terms of its market.
 */
import type { ChargeView, SentenceView } from '#channels/web';
import { type Catalog, HOME_ZONE, HOTSPOT_SERVICE, type Market, OTHER_ZONE, RENEWAL_SERVICE, unitOf } from '#domain/catalog';
import type { LineCharge } from '#domain/charging';
import { money, priceOf } from '#domain/money';
import { hasMessage, type Language, sayLoosely } from '#platform/messages';

/** By whose terms it is told. */
export type Terms = { readonly catalog: Catalog; readonly market: Market; readonly language: Language };

const MB = 1_000_000n;
const UNITS = { octet: 'data', second: 'voice', message: 'message' } as const;

const sentence = (key: SentenceView['key'], values: SentenceView['values'] = {}): SentenceView => ({ key, values });

export function explainCharge(terms: Terms, charge: LineCharge): ChargeView {
  const { at, zone, free, paid, paidMinor, lost, late } = charge;
  const kind = kindOf(charge);
  return {
    at,
    what: sayUse(terms, charge),
    ...(zone === HOME_ZONE ? {} : { where: whereOf(terms, zone) }),
    cost: costOf(terms, charge),
    from: [
      ...(charge.operation === 'refund' ? [sentence('line.charge_refunded')] : []),
      ...fromOf(terms, charge),
      ...(free > 0n ? [sentence('line.charge_not_counted')] : []),
      ...(paid === 0n
        ? []
        : [sentence(`line.charge_paid_${kind}`, { quantity: absolute(paid), amount: money(terms.market.currency, absolute(paidMinor)) })]),
      ...(lost > 0n ? [sentence(`line.charge_lost_${kind}`, { quantity: lost })] : []),
      ...pricesOf(terms, charge),
      ...(late ? [sentence('line.charge_late')] : []),
    ],
    next: nextOf(charge, kind),
  };
}

function costOf({ market }: Terms, { from, paid, paidMinor, lost }: LineCharge): ChargeView['cost'] {
  if (paid !== 0n) return money(market.currency, paidMinor);
  if (from.length > 0) return 'included';
  return lost > 0n ? 'lost' : 'free';
}

type Kind = (typeof UNITS)[keyof typeof UNITS];

function kindOf({ service }: Pick<LineCharge, 'service'>): Kind {
  return UNITS[unitOf(service)];
}

/** So much of an app or a service. */
export function sayUse({ market, language }: Terms, { service, used }: Pick<LineCharge, 'service' | 'used'>): SentenceView {
  const quantity = absolute(used);
  if (service === HOTSPOT_SERVICE) return sentence('line.charge_hotspot', { quantity });
  if (service === RENEWAL_SERVICE) return sentence('line.charge_renewal', { quantity });
  const kind = kindOf({ service });
  if (service === kind) return sentence(`line.charge_${kind}`, { quantity });
  const code = service.slice(service.indexOf('.') + 1);
  if (kind === 'data') return sentence('line.charge_data_class', { quantity, name: classNameOf(language, code) });
  const name = market.network?.destinations.abroad.find((one) => one.code === code)?.names[language] ?? code;
  return sentence(`line.charge_${kind}_abroad`, { quantity, name });
}

/** A class that has no name here is told by its code: its operator chose it. */
function classNameOf(language: Language, code: string): string {
  const key = `line.class_${code}`;
  return hasMessage(key) ? sayLoosely(language, key, {}) : code;
}

function whereOf({ market, language }: Terms, zone: string): SentenceView {
  if (zone === OTHER_ZONE) return sentence('line.charge_elsewhere');
  const name = market.network?.zones.find(({ code }) => code === zone)?.names[language] ?? zone;
  return sentence('line.charge_where', { name });
}

function fromOf({ catalog, market, language }: Terms, charge: LineCharge): SentenceView[] {
  const kind = kindOf(charge);
  return charge.from.map(({ product, version, quantity }) => {
    const name = catalog.productVersion(market.code, product, version)?.names[language] ?? product;
    return sentence(`line.charge_from_${kind}`, { quantity, name });
  });
}

/** "payg@1/data/any/night": plan, service, zone and tariff, as charging names a price. */
const PRICE = /^(.+)@(\d+)\/([^/]+)\/([^/]+)\/([^/]*)$/;

function pricesOf({ catalog, market, language }: Terms, charge: LineCharge): SentenceView[] {
  return charge.rates.flatMap((named) => {
    const [, code = '', version = '', service, zone, tariff = ''] = PRICE.exec(named) ?? [];
    const plan = catalog.productVersion(market.code, code, Number(version));
    const rate =
      plan?.kind === 'plan'
        ? plan.rates.find((one) => one.service === service && one.zone === zone && (one.tariff ?? '') === tariff)
        : undefined;
    if (rate === undefined) return [];
    const per = perOf(kindOf(charge), rate.price.perUnit);
    const price = priceOf(per, rate.price, 'half_up');
    const name = market.network?.tariffPeriods.find((one) => one.code === tariff)?.names[language];
    const told = sentence(`line.charge_price_${kindOf(charge)}`, { price, quantity: per });
    return name === undefined ? [told] : [told, sentence('line.charge_tariff', { name })];
  });
}

/** The smallest round quantity that costs whole cents. */
function perOf(kind: Kind, { numerator, denominator }: { readonly numerator: bigint; readonly denominator: bigint }): bigint {
  if (kind === 'message') return 1n;
  if (kind === 'voice') return 60n;
  return [MB, 10n * MB, 100n * MB].find((octets) => (octets * numerator) % denominator === 0n) ?? 1000n * MB;
}

/** What it may use next and why so much, or why nothing. */
function nextOf({ granted, why }: LineCharge, kind: Kind): SentenceView[] {
  const key = `line.why_${why ?? ''}`;
  const reason = hasMessage(key) ? [sentence(key)] : [];
  return granted === null || kind === 'message' ? reason : [sentence(`line.charge_next_${kind}`, { quantity: granted }), ...reason];
}

function absolute(quantity: bigint): bigint {
  return quantity < 0n ? -quantity : quantity;
}
