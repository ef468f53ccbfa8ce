/** A small house and one event of each kind: what this folder's tests tell of. */
import type { Brand, Catalog, Market, Names, Plan } from '#domain/catalog';
import { money } from '#domain/money';
import { slotOf } from '#platform/ids';
import { markOnce } from '#platform/outbox';
import type { Tools } from '#platform/tools';
import { applyEvent } from './apply-event.ts';
import type { LineFacts, NoticeEvent, NoticeKind, NoticePayloads, OrderFacts } from './notice-events.ts';
import type { Notice, NoticeHouse } from './notices.ts';

const since = new Date('2026-01-01T00:00:00Z');
const names = (en: string, es: string, hans: string, hant: string): Names => ({ en, es, 'zh-Hans': hans, 'zh-Hant': hant });
const planNames = names('Monthly 5 GB', 'Mensual 5 GB', '月租 5 GB', '月租 5 GB');

const brand: Brand = {
  name: 'Northwind Mobile',
  accent: '#0b7a75',
  support: {
    phone: '+12065550199',
    email: 'help@northwind.example',
    website: 'https://northwind.example',
    hours: names('8–20', '8–20', '8–20', '8–20'),
  },
  languages: ['en', 'es', 'zh-Hans', 'zh-Hant'],
  defaultMarket: 'US',
};

const market: Market = {
  code: 'US',
  version: 1,
  validFrom: since,
  validUntil: null,
  names: names('United States', 'Estados Unidos', '美国', '美國'),
  currency: 'USD',
  languages: ['en', 'es', 'zh-Hans', 'zh-Hant'],
  zone: 'America/New_York',
  taxPoint: 'load',
  pricesIncludeTax: false,
  taxRounding: 'line',
  taxRegions: [
    {
      code: 'WA',
      names: names('Washington', 'Washington', '华盛顿州', '華盛頓州'),
      postcodes: [],
      components: [{ kind: 'fixed', code: '911', names: names('E911', 'E911', 'E911', 'E911'), amount: money('USD', 25n) }],
    },
  ],
  taxRegionDefault: 'WA',
  topUp: { presets: [money('USD', 1000n)], min: money('USD', 500n), max: money('USD', 20_000n) },
  lifecycle: { expiredDays: 30, suspendedDays: 30, parkedDays: 30, payAsYouGoDays: 90 },
  receiptPrefix: 'US',
  seller: { name: 'Northwind Mobile LLC', taxNumber: '91-0000000', address: ['1 Pier', 'Seattle, WA 98101'] },
  paymentChoices: ['card'],
  termsVersion: '2026-01',
};

const plan: Plan = {
  kind: 'plan',
  market: 'US',
  code: 'month-5gb',
  version: 1,
  validFrom: since,
  validUntil: null,
  names: planNames,
  price: money('USD', 1500n),
  period: { unit: 'month', count: 1 },
  parts: [],
  exhaustion: { kind: 'throttle', speedKbps: 128 },
  rates: [],
};

const catalog: Catalog = {
  revision: 1n,
  brand,
  market: (code) => (code === 'US' ? market : undefined),
  marketVersion: (code) => (code === 'US' ? market : undefined),
  markets: () => [market],
  product: (_, code) => (code === plan.code ? plan : undefined),
  productVersion: (_, code) => (code === plan.code ? plan : undefined),
  onSale: () => [plan],
};

export const sampleHouse: NoticeHouse = {
  catalog,
  publicUrl: 'https://renew.northwind.example',
  linePath: (number) => `/line?number=${encodeURIComponent(number)}`,
  securityPath: '/security',
};

/** The same house with another plan name: for what an operator may have typed. */
export function houseWithPlanNamed(text: string): NoticeHouse {
  const odd = { ...plan, names: names(text, text, text, text) };
  return { ...sampleHouse, catalog: { ...catalog, product: () => odd, productVersion: () => odd } };
}

export const SAMPLE_ACCOUNT = 4_098_017n;
export const SAMPLE_NUMBER = '+12065550142';

const lineFacts: LineFacts = {
  lineId: 7n,
  number: SAMPLE_NUMBER,
  market: 'US',
  language: 'zh-Hans',
  email: 'li@example.org',
  planCode: 'month-5gb',
  planVersion: 1,
};
const orderFacts: OrderFacts = {
  orderId: 9n,
  lineId: 7n,
  number: SAMPLE_NUMBER,
  market: 'US',
  language: 'zh-Hans',
  contacts: { email: 'li@example.org', sms: SAMPLE_NUMBER, push: 'person_000000000000a' },
  orderUrl: '/o/dGhpcyBpcyBhIHNlY3JldA',
  items: [
    { kind: 'renew', names: planNames },
    { kind: 'pack', names: names('Pack 1 GB', 'Paquete 1 GB', '流量包 1 GB', '流量包 1 GB') },
  ],
};

const end = new Date('2027-01-03T05:00:00Z');
const payloads: NoticePayloads = {
  'orders.applied': {
    ...orderFacts,
    receiptNumber: 'US-417-000123',
    total: money('USD', 2181n),
    tax: money('USD', 181n),
    newEnd: end,
    balance: money('USD', 320n),
  },
  'orders.refunded': {
    ...orderFacts,
    amount: money('USD', 2181n),
    creditNoteNumber: 'US-417-C-000007',
    reason: 'number_moved',
    takenBack: null,
  },
  'orders.payment_failed': { ...orderFacts, total: money('USD', 2181n), reason: 'insufficient_funds' },
  'orders.cancelled': orderFacts,
  'lines.data_low': { ...lineFacts, percentLeft: 20, octetsLeft: 1_000_000_000n, paidUntil: end },
  'lines.exhausted': { ...lineFacts, policy: { kind: 'throttle', speedKbps: 128 } },
  'lines.ending': { ...lineFacts, daysLeft: 3, endsAt: end },
  'lines.expired': lineFacts,
  'lines.suspended': lineFacts,
  'lines.parked': lineFacts,
  'lines.lost': lineFacts,
  'lines.plan_started': { ...lineFacts, plan: { planCode: 'month-5gb', planVersion: 1, endsAt: end } },
  'lines.balance_low': { ...lineFacts, balance: money('USD', 95n) },
  'lines.left': { ...lineFacts, toAccountId: SAMPLE_ACCOUNT },
  'lines.joined': { ...lineFacts, toAccountId: SAMPLE_ACCOUNT },
  'lines.moved': { ...lineFacts, toAccountId: SAMPLE_ACCOUNT },
};

/** An event of a kind; parts of its payload may be given otherwise. */
export function sampleEvent<Kind extends NoticeKind>(
  kind: Kind,
  change: Partial<NoticePayloads[Kind]> = {},
  eventId = 1n,
): NoticeEvent<Kind> {
  const place = { slot: slotOf(SAMPLE_ACCOUNT), accountId: SAMPLE_ACCOUNT, eventId, at: new Date('2026-12-01T17:00:00Z') };
  // A spread over a generic payload loses its name for the compiler; the parts are those of the kind.
  return { ...place, kind, payload: { ...payloads[kind], ...change } } as unknown as NoticeEvent<Kind>;
}

/** Tells an event as the outbox's consumer does: once, in the transaction that marks it. */
export function applyOnce(tools: Tools, event: NoticeEvent, house: NoticeHouse): Promise<readonly Notice[]> {
  return tools.database.transaction(async (tx) =>
    (await markOnce(tx, 'notices', event, tools.clock.transport())) ? applyEvent(tools, tx, event, house) : [],
  );
}
