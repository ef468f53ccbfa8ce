/**
 * Everything that a page of self-care may have to show, at one instant: a line in each state, an order at each stage, somebody
 * with a password, a passkey, a kept card and lines of every role. Built backwards in time, so that the oldest is lost by now.
 */
import assert from 'node:assert/strict';
import { createChargingEngine } from '#domain/charging';
import { findNumber, LINE_STATES, type NumberClaim, reportUse } from '#domain/lines';
import { cancelOrder, capLine, joinLine, linkOf, type Order, type OrderStanding, refundOrder } from '#domain/orders';
import {
  addMember,
  addPasskey,
  addPerson,
  beginPasskey,
  claimContacts,
  issueSignInLink,
  relyingPartyAt,
  signInByLink,
} from '#domain/people';
import { DAY_MS, MINUTE_MS } from '#platform/clock';
import { formatId } from '#platform/ids';
import { DATA, exampleSession, MB } from '#tests/charging';
import { type PagesHouse, pagesHouse, READER, selfCareOf, shown, type Visitor } from '#tests/doors';
import {
  activeLine,
  allowed,
  BALANCE,
  buy,
  comeBack,
  fillBalance,
  newLine,
  OPERATOR,
  order,
  PACK,
  type Person,
  place,
  quote,
  RENEW,
  runDue,
  runJanitor,
  stateOf,
  topUp,
  visitPage,
} from '#tests/house';
import { createAuthenticator, signInOf } from '#tests/people';

const GB = 1_000_000_000n;
const MONTH_MS = 30 * DAY_MS;

/** Beside the states of the lifecycle: what looks different within one of them. */
export const LINE_LOOKS = [
  ...LINE_STATES,
  'queued',
  'unlimited',
  'pay_as_you_go',
  'balance_used_up',
  'nearly_dry',
  'shared_user',
  'capped',
] as const;
export type LineLook = (typeof LINE_LOOKS)[number];

export type Gallery = {
  readonly house: PagesHouse;
  /** "line_…" of a line that looks like this. */
  readonly lines: Readonly<Record<LineLook, string>>;
  /** Secrets of orders at each stage. */
  readonly orders: Readonly<Record<OrderStanding, string>>;
  /** Of a line of theirs, and how a guest finds it. */
  readonly number: string;
  readonly ref: string;
  readonly account: string;
  /** Of a line that is somebody else's, in which they are a user. */
  readonly sharedAccount: string;
  readonly stranger: string;
  guest(): Visitor;
  signedIn(): Visitor;
  /** Signed in, with nothing yet. */
  newcomer(): Visitor;
};

export async function openGallery(t: { after(end: () => Promise<void>): void }): Promise<Gallery> {
  // A provider that answers nothing while it is away.
  const away = { is: false };
  const house = await pagesHouse(t, {
    demonstration: true,
    wrapProvider: (provider) => ({
      ...provider,
      openPage: async (request) => (away.is ? { kind: 'unknown', cause: 'away' } : provider.openPage(request)),
      lookUp: async (request, now) => (away.is ? { kind: 'unknown', cause: 'away' } : provider.lookUp(request, now)),
    }),
  });
  const old = await letTimePass(house);
  const { me, secret, newcomer } = await comeIn(house);
  const claims = { ...old.lines, ...(await openLines(house, me)) };
  await useByNetwork(house, claims);
  for (const [look, line] of Object.entries(claims)) await own(house, me, line, look === 'shared_user' ? 'user' : 'owner');
  for (const state of LINE_STATES) assert.equal((await stateOf(house, claims[state])).line.state, state);
  const orders = { expired: linkOf(old.unpaid), ...(await openOrders(house, claims.active, me)) };
  const stranger = await activeLine(house);
  away.is = true;
  const unknown = await order(house, claims.active, [RENEW], { asker: me });
  const { number } = (await stateOf(house, claims.queued)).line;
  let visits = 0;
  // Each from somewhere else: budgets are counted by source.
  const guest = (): Visitor => {
    visits += 1;
    return house.visitor(`10.${visits >> 8}.${visits & 255}.1`);
  };
  const enter = (cookie: string): Visitor => {
    const visitor = guest();
    visitor.cookies.set('sign-in', cookie);
    return visitor;
  };
  return {
    house,
    lines: Object.fromEntries(LINE_LOOKS.map((look) => [look, formatId('line', claims[look].lineId)])) as Gallery['lines'],
    orders: { ...orders, payment_unknown: linkOf(unknown.order) },
    number,
    ref: shown(await selfCareOf(house).findLine(READER, { number })).ref,
    account: formatId('acc', claims.active.accountId),
    sharedAccount: formatId('acc', claims.shared_user.accountId),
    stranger: formatId('line', stranger.lineId),
    guest,
    signedIn: () => enter(secret),
    newcomer: () => enter(newcomer),
  };
}

type Claims<Look extends LineLook> = Readonly<Record<Look, NumberClaim>>;
type Old = { readonly lines: Claims<'lost' | 'parked' | 'suspended' | 'expired'>; readonly unpaid: Order };

/** Plans of a day, each thirty days younger: what is not renewed lapses, month by month. */
async function letTimePass(house: PagesHouse): Promise<Old> {
  const bought = [];
  for (let months = 0; months < 3; months += 1) {
    bought.push(await activeLine(house, { plan: 'day-1gb' }));
    house.clock.advance(MONTH_MS);
    await runDue(house);
  }
  bought.push(await activeLine(house, { plan: 'day-1gb' }));
  const [lost, parked, suspended, expired] = bought as [NumberClaim, NumberClaim, NumberClaim, NumberClaim];
  const { order: unpaid } = await order(house, expired, [RENEW]);
  house.clock.advance(2 * DAY_MS);
  await runDue(house);
  await runJanitor(house);
  return { lines: { lost, parked, suspended, expired }, unpaid };
}

async function comeIn(house: PagesHouse): Promise<{ me: Person; secret: string; newcomer: string }> {
  const { tools, sealer, database } = house;
  const people = { ...tools, sealer };
  const [me, nobody] = [
    await addPerson(tools, database, { name: 'Lin', language: 'en', email: 'lin@example.com', number: null }),
    await addPerson(tools, database, { name: null, language: 'en', email: 'new@example.com', number: null }),
  ];
  await claimContacts(tools, database, me, [
    { kind: 'email', value: 'lin@example.com', holder: null },
    { kind: 'number', value: '+12065550188', holder: null },
  ]);
  await claimContacts(tools, database, nobody, [{ kind: 'email', value: 'new@example.com', holder: null }]);
  const enter = async (personId: bigint) => allowed(await signInByLink(tools, await issueSignInLink(tools, personId, MINUTE_MS)));
  const [other, signedIn, newcomer] = [await enter(me), await enter(me), await enter(nobody)];
  const party = relyingPartyAt(house.url, 'Northwind Mobile');
  const signIn = await signInOf(people, other);
  const creation = allowed(await beginPasskey(people, party, signIn));
  const response = createAuthenticator(party.id).create(creation, party.origin);
  allowed(await addPasskey(people, party, signIn, { response, label: 'Phone' }));
  return { me: { kind: 'person', personId: me, source: '192.0.2.7' }, secret: signedIn.secret, newcomer: newcomer.secret };
}

async function own({ database, clock }: PagesHouse, { personId }: Person, line: NumberClaim, role: 'owner' | 'user'): Promise<void> {
  await addMember(database, { slot: line.slot, accountId: line.accountId, personId, role, at: clock.business() });
}

async function openLines(house: PagesHouse, me: Person): Promise<Claims<Exclude<LineLook, keyof Old['lines']>>> {
  const use = async (line: NumberClaim, quantity: bigint): Promise<NumberClaim> => {
    const reported = { slot: line.slot, accountId: line.accountId, lineId: line.lineId, key: `use ${quantity}` };
    allowed(await reportUse(house.house, house.catalog, { ...reported, service: 'data', zone: 'home', quantity }));
    return line;
  };
  const active = await use(await activeLine(house), GB);
  await own(house, me, active, 'owner');
  await buy(house, active, [topUp(5000n)], { asker: me, way: { kind: 'page', saveMethod: true } });
  await buy(house, active, [PACK], { asker: me });
  const queued = await use(await activeLine(house), 2n * GB);
  await buy(house, queued, [{ kind: 'queue', product: 'month-unlimited', startRule: 'at_end' }]);
  const payAsYouGo = await newLine(house, { plan: 'payg' });
  await fillBalance(house, payAsYouGo, 2000n);
  const usedUp = await newLine(house, { plan: 'payg' });
  await fillBalance(house, usedUp, 500n);
  const shared = await use(await activeLine(house), GB);
  const friend = await addPerson(house.tools, house.database, { name: 'Friend', language: 'en', email: null, number: null });
  await own(house, { kind: 'person', personId: friend, source: '' }, shared, 'owner');
  const family = await addPerson(house.tools, house.database, { name: 'Kim', language: 'en', email: null, number: null });
  await own(house, { kind: 'person', personId: family, source: '' }, active, 'user');
  const capped = await openFamily(house, me, use);
  return {
    active,
    queued,
    pending: await newLine(house),
    throttled: await use(await activeLine(house), 6n * GB),
    stopped: await use(await activeLine(house, { plan: 'day-1gb' }), 2n * GB),
    unlimited: await use(await activeLine(house, { plan: 'month-unlimited' }), 2n * GB),
    pay_as_you_go: await use(payAsYouGo, GB / 10n),
    balance_used_up: await use(usedUp, GB),
    nearly_dry: await use(await activeLine(house), 5n * GB - GB / 10n),
    shared_user: shared,
    capped,
  };
}

/** Two lines that share a pack; the second has used all it may of it, and is slow. */
async function openFamily(
  house: PagesHouse,
  me: Person,
  use: (line: NumberClaim, quantity: bigint) => Promise<NumberClaim>,
): Promise<NumberClaim> {
  const first = await activeLine(house);
  await own(house, me, first, 'owner');
  await buy(house, first, [{ kind: 'pack', product: 'pack-family-20gb' }], { asker: me });
  const { number } = (await stateOf(house, await activeLine(house))).line;
  allowed(await joinLine(house.house, OPERATOR, { number, to: first, reason: 'a family' }));
  const line = allowed(await findNumber(house.database, number));
  allowed(await capLine(house.house, me, { number, octets: GB, reason: 'a child' }));
  return use(line, 6n * GB);
}

/** What the network reports of lines: included, slowed down, abroad from the balance, beyond what was left; some pages of it. */
async function useByNetwork(
  house: PagesHouse,
  claims: Claims<'active' | 'throttled' | 'pay_as_you_go' | 'balance_used_up'>,
): Promise<void> {
  const engine = createChargingEngine(house.tools, async () => house.catalog, { error: (facts: unknown) => assert.fail(String(facts)) });
  const at = async (line: NumberClaim) => exampleSession(engine, { ...line, number: (await stateOf(house, line)).line.number });
  const active = await at(claims.active);
  await active.begin();
  for (let megabytes = 1n; megabytes <= 45n; megabytes += 1n) await active.update(megabytes * MB);
  await active.end(MB);
  const slow = await at(claims.throttled);
  await slow.begin();
  await slow.end(MB);
  const abroad = { visitedNetwork: '334020' };
  const roaming = await at(claims.pay_as_you_go);
  await roaming.begin(abroad);
  await roaming.update(3n * MB, abroad);
  await roaming.end(MB, {
    items: [
      { ...DATA, used: MB },
      { ...DATA, ratingGroup: 90, used: MB },
    ],
  });
  const text = {
    operation: 'event',
    kind: 'message',
    destination: '+12065550100',
    items: [{ ...DATA, ratingGroup: null, asked: 1n }],
  } as const;
  await (await at(claims.pay_as_you_go)).ask(text);
  const beyond = await at(claims.balance_used_up);
  await beyond.begin();
  await beyond.end(2n * MB);
  await engine.close();
}

async function openOrders(
  house: PagesHouse,
  line: NumberClaim,
  me: Person,
): Promise<Readonly<Record<Exclude<OrderStanding, 'expired' | 'payment_unknown'>, string>>> {
  const open = () => order(house, line, [RENEW], { asker: me });
  const declined = await open();
  await visitPage(declined, 'declined');
  await comeBack(house, declined);
  const refunded = async (card: string) => {
    const bought = await buy(house, line, [PACK], { asker: me, card });
    const asked = { order: bought, key: card, asked: { kind: 'rest' }, reason: 'asked' } as const;
    return allowed(await refundOrder(house.house, OPERATOR, asked)).order;
  };
  const delivered = await buy(house, line, [PACK], { asker: me });
  const { order: cancelled } = await open();
  allowed(await cancelOrder(house.house, OPERATOR, cancelled));
  const [giving, given] = [await refunded('refund_pending'), await refunded('good')];
  await house.settle();
  const paid = allowed(await place(house, { quote: await quote(house, line, [PACK], me), asker: me, way: BALANCE }));
  return {
    awaiting_payment: linkOf((await open()).order),
    declined: linkOf(declined.order),
    paid: linkOf(paid.order),
    delivered: linkOf(delivered),
    cancelled: linkOf(cancelled),
    refunding: linkOf(giving),
    refunded: linkOf(given),
  };
}
