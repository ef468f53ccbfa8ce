/** The values each kind's own templates ask for (`Wanted`), taken from its payload and the catalogue. */
import type { Catalog, Market } from '#domain/catalog';
import { numberLostAt } from '#domain/lines';
import { present } from '#platform/assert';
import { DAY_MS } from '#platform/clock';
import { hasMessage, type Language, say, sayDecline, sayLoosely } from '#platform/messages';
import type { Reading, Wanted } from './compose-notice.ts';
import type { LineFacts, NoticeEvent, NoticeKind, OrderedItem } from './notice-events.ts';

type Writers = { readonly [Kind in NoticeKind]: (event: NoticeEvent<Kind>, reading: Reading) => Wanted<Kind> };
export type OwnValues = ReturnType<Writers[NoticeKind]>;

export function ownValues<Kind extends NoticeKind>(event: NoticeEvent<Kind>, reading: Reading): Wanted<Kind> {
  // The table and the event agree on their kind; TypeScript does not follow a union through an index.
  return (writers[event.kind] as (event: NoticeEvent<Kind>, reading: Reading) => Wanted<Kind>)(event, reading);
}

const writers: Writers = {
  'orders.applied': ({ payload }, { language }) => ({
    items: itemsText(payload.items, language),
    total: payload.total,
    receipt: payload.receiptNumber,
  }),
  'orders.refunded': ({ payload }, { language }) => ({
    amount: payload.amount,
    reason: reasonText(payload.reason, language),
  }),
  'orders.payment_failed': ({ payload }, { language }) => ({
    items: itemsText(payload.items, language),
    total: payload.total,
    decline: sayDecline(language, payload.reason),
  }),
  'orders.cancelled': ({ payload }, { language }) => ({ items: itemsText(payload.items, language) }),
  'lines.data_low': ({ payload, at }, reading) => ({
    percentLeft: payload.percentLeft,
    octetsLeft: payload.octetsLeft,
    plan: planName(payload, at, reading),
  }),
  'lines.exhausted': ({ payload, at }, reading) => ({
    policy: policyText(payload.policy, reading.language),
    plan: planName(payload, at, reading),
  }),
  'lines.ending': ({ payload, at }, reading) => ({ end: payload.endsAt, daysLeft: payload.daysLeft, plan: planName(payload, at, reading) }),
  'lines.expired': ({ payload, at }, { house }) => {
    const market = marketOf(house.catalog, payload.market, at);
    return { suspendedOn: new Date(at.getTime() + market.lifecycle.expiredDays * DAY_MS), lostOn: lostOn('expired', at, market) };
  },
  'lines.suspended': ({ payload, at }, { house }) => ({ lostOn: lostOn('suspended', at, marketOf(house.catalog, payload.market, at)) }),
  'lines.parked': ({ payload, at }, { house }) => ({ lostOn: lostOn('parked', at, marketOf(house.catalog, payload.market, at)) }),
  'lines.lost': () => ({}),
  'lines.plan_started': ({ payload, at }, reading) => ({ plan: planName({ ...payload, ...payload.plan }, at, reading) }),
  'lines.balance_low': ({ payload }) => ({ balance: payload.balance }),
  'lines.left': () => ({}),
  'lines.joined': () => ({}),
  'lines.moved': () => ({}),
};

export function marketOf(catalog: Catalog, code: string, at: Date): Market {
  return present(catalog.market(code, at), 'a line is of a market that is in the catalogue');
}

function lostOn(state: 'expired' | 'suspended' | 'parked', since: Date, market: Market): Date {
  return present(numberLostAt({ state, stateSince: since }, market), 'a lapsed line has a day on which its number is lost');
}

/** "Month 5 GB + 1 GB pack" */
export function itemsText(items: readonly OrderedItem[], language: Language): string {
  return items.map((item) => item.names[language]).join(' + ');
}

function reasonText(reason: string, language: Language): string {
  const key = `notice.reason.${reason}`;
  // A reason in a clerk's own words is not for the customer: it is left out.
  return hasMessage(key) ? sayLoosely(language, key, {}) : '';
}

function policyText(policy: NoticeEvent<'lines.exhausted'>['payload']['policy'], language: Language): string {
  if (policy.kind === 'throttle') return say(language, 'notice.policy.throttle', { speed: policy.speedKbps });
  return say(language, policy.kind === 'stop' ? 'notice.policy.stop' : 'notice.policy.pay_as_you_go');
}

/** The plan's name in the terms it was sold under; a line without one is called by its number. */
function planName(
  facts: Pick<LineFacts, 'market' | 'planCode' | 'planVersion' | 'number'>,
  at: Date,
  { house, language }: Reading,
): string {
  const { market, planCode, planVersion } = facts;
  if (planCode === null || planVersion === null) return facts.number;
  const product = house.catalog.productVersion(market, planCode, planVersion) ?? house.catalog.product(market, planCode, at);
  return product?.names[language] ?? planCode;
}
