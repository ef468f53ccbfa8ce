/** The sentences that stand in a notice only where they apply: until when, from when, what is left, what it costs. */
import type { Plan } from '#domain/catalog';
import { type LooseValues, type MessageKey, sayLoosely } from '#platform/messages';
import type { Reading } from './compose-notice.ts';
import type { LineFacts, NoticeEvent } from './notice-events.ts';

/** Whole sentences, in the order they are read. */
export function detailsOf(event: NoticeEvent, reading: Reading): string[] {
  const { language, zone, role } = reading;
  const part = (key: MessageKey & `notice.part.${string}`, values: LooseValues) =>
    sayLoosely(language, key, { ...values, zone, now: event.at });
  const until = (end: Date | null | undefined) => (end ? [part('notice.part.lasts_until', { end })] : []);
  const price = (facts: LineFacts) => priceDetail(facts, event.at, reading, part);
  switch (event.kind) {
    case 'orders.applied': {
      // When a line's plan ends is its owner's to know (ID-6).
      if (role === 'guest') return [];
      const { items, newEnd, balance } = event.payload;
      const later = items.find((item) => item.startsAt && item.startsAt > event.at)?.startsAt;
      return [
        ...(later ? [part('notice.part.starts', { start: later })] : []),
        ...until(newEnd),
        ...(balance ? [part('notice.part.balance', { balance })] : []),
      ];
    }
    case 'orders.refunded': {
      const { takenBack } = event.payload;
      if (role === 'paid_for')
        return [
          ...until(takenBack?.newEnd && takenBack.newEnd > event.at ? takenBack.newEnd : null),
          ...(takenBack?.balance ? [part('notice.part.balance', { balance: takenBack.balance })] : []),
        ];
      return event.payload.creditNoteNumber === null ? [] : [part('notice.part.credit_note', { number: event.payload.creditNoteNumber })];
    }
    case 'lines.data_low':
    case 'lines.exhausted':
      return until(event.payload.paidUntil);
    case 'lines.plan_started':
      return until(event.payload.plan.endsAt);
    case 'lines.ending':
    case 'lines.expired':
    case 'lines.suspended':
    case 'lines.parked':
      return price(event.payload);
    case 'lines.balance_low':
      return until(event.payload.paidUntil);
    default:
      return [];
  }
}

type Part = (key: 'notice.part.renew_price' | 'notice.part.renew_price_plus_tax', values: LooseValues) => string;

/** What renewing the present plan costs today; where tax comes on top, that is said, its sum stands in the review. */
function priceDetail(facts: LineFacts, at: Date, { house }: Reading, part: Part): string[] {
  const { catalog } = house;
  const market = catalog.market(facts.market, at);
  const product = facts.planCode === null ? undefined : catalog.product(facts.market, facts.planCode, at);
  if (market === undefined || product?.kind !== 'plan' || product.period === null) return [];
  const { price } = product satisfies Plan;
  const hasTax = market.taxRegions.some((region) => region.components.length > 0);
  return [part(market.pricesIncludeTax || !hasTax ? 'notice.part.renew_price' : 'notice.part.renew_price_plus_tax', { price })];
}
