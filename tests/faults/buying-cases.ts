/** Asking for a price, placing in each way, paying again: where money comes in. */
import assert from 'node:assert/strict';
import type { NumberClaim } from '#domain/lines';
import { type Order, type OrdersHouse, type PayResult, payAgain, payOrder, type Quote, quoteOrder } from '#domain/orders';
import type { SavedMethod } from '#domain/payments';
import { addMember } from '#domain/people';
import {
  allowed,
  BALANCE,
  comeBack,
  GUEST,
  newLine,
  OPERATOR,
  order,
  PAGE,
  type Person,
  personWithCard,
  place,
  quote,
  RENEW,
  visitPage,
  type Way,
} from '#tests/house';
import type { Case } from './try-windows.ts';
import { lineWith, type Standing, standingOf, type World } from './world.ts';

const MONTH_ON = '2027-01-03';
const AS_IT_WAS = '2026-12-03';
export const BY_CARD = 1751n;

export type Payer = { readonly person: Person; readonly method: SavedMethod };

/** One person with a card at the provider pays for all lines of a world. */
export async function payerOf(world: World): Promise<Payer> {
  return personWithCard(world, await newLine(world));
}

export async function belongs(world: World, { person }: Payer, line: NumberClaim): Promise<void> {
  const { slot, accountId } = line;
  await addMember(world.database, { slot, accountId, personId: person.personId, role: 'owner', at: world.clock.business() });
}

/** One of several allowed ends, each whole. */
export async function expectOneOf(world: World, line: NumberClaim, ends: readonly Partial<Standing>[]): Promise<void> {
  const standing = await standingOf(world, line);
  const matches = ends.some((end) => isDeepEqual({ ...standing, ...end }, standing));
  assert.ok(matches, `ended as ${show(standing)}, not as one of ${ends.map(show).join(' or ')}`);
}

function isDeepEqual(left: object, right: object): boolean {
  try {
    assert.deepEqual(left, right);
    return true;
  } catch {
    return false;
  }
}

const show = (standing: object) => JSON.stringify(standing, (_, value) => (typeof value === 'bigint' ? Number(value) : value));

export const DELIVERED: Partial<Standing> = { states: ['delivered'], paidUntil: MONTH_ON, held: 0n };
export const CANCELLED: Partial<Standing> = { states: ['cancelled'], paidUntil: AS_IT_WAS, held: 0n, kept: 0n };
export const NOTHING: Partial<Standing> = { states: [], paidUntil: AS_IT_WAS, held: 0n, kept: 0n };
export const REFUNDED: Partial<Standing> = { states: ['refunded'], paidUntil: AS_IT_WAS, held: 0n, kept: 0n };

type Asked = { readonly line: NumberClaim; readonly quoted: Quote };

export const askingPrice: Case<{ readonly line: NumberClaim }> = {
  name: 'quote',
  prepare: async (world) => ({ line: await lineWith(world, 0n) }),
  act: async (house, { line }) => allowed(await quoteOrder(house, GUEST, { line, items: [RENEW] })),
  expect: (world, { line }) => expectOneOf(world, line, [NOTHING]),
};

const prepareQuote =
  (minor: bigint, payer?: Payer) =>
  async (world: World): Promise<Asked> => {
    const line = await lineWith(world, minor);
    if (payer !== undefined) await belongs(world, payer, line);
    return { line, quoted: await quote(world, line, [RENEW], payer?.person) };
  };

const placeAndPay =
  (way: Way, payer?: Payer) =>
  async (house: OrdersHouse, { quoted }: Asked): Promise<PayResult> =>
    payOrder(house, allowed(await place({ house }, { quote: quoted, way, key: 'door', asker: payer?.person ?? OPERATOR })));

/** Asked again, the customer goes on to the page, pays and comes back. */
async function payOnPage(house: OrdersHouse, paying: PayResult): Promise<Order> {
  if (paying.page === undefined) return paying.order;
  await visitPage(paying);
  return comeBack({ house }, paying);
}

export const placingOnPage: Case<Asked> = {
  name: 'place (page)',
  prepare: prepareQuote(0n),
  act: placeAndPay(PAGE),
  comeBack: async (house, asked) => payOnPage(house, await placeAndPay(PAGE)(house, asked)),
  expect: (world, { line }) => expectOneOf(world, line, [{ ...DELIVERED, kept: BY_CARD }]),
};

export const placingOnPageAndLeaving: Case<Asked> = {
  name: 'place (page), never seen again',
  prepare: prepareQuote(0n),
  act: placeAndPay(PAGE),
  comeBack: null,
  expect: (world, { line }, died) => expectOneOf(world, line, died ? [NOTHING, CANCELLED] : [CANCELLED]),
};

export function placingWithCard(payer: Payer): Case<Asked>[] {
  const way: Way = { kind: 'saved', savedMethodId: payer.method.savedMethodId };
  const common = { prepare: prepareQuote(0n, payer), act: placeAndPay(way, payer) };
  const paid = { ...DELIVERED, kept: BY_CARD };
  return [
    { ...common, name: 'place (saved)', expect: (world, { line }) => expectOneOf(world, line, [paid]) },
    {
      ...common,
      name: 'place (saved), never seen again',
      comeBack: null,
      expect: (world, { line }, died) => expectOneOf(world, line, died ? [NOTHING, CANCELLED, paid] : [paid]),
    },
  ];
}

const FROM_BALANCE = { ...DELIVERED, balance: 0n, kept: 0n };

export const placingFromBalance: Case<Asked>[] = [
  {
    name: 'place (balance)',
    prepare: prepareQuote(1500n),
    act: placeAndPay(BALANCE),
    expect: (world, { line }) => expectOneOf(world, line, [FROM_BALANCE]),
  },
  {
    name: 'place (balance), never seen again',
    prepare: prepareQuote(1500n),
    act: placeAndPay(BALANCE),
    comeBack: null,
    expect: (world, { line }, died) => expectOneOf(world, line, died ? [{ ...NOTHING, balance: 1500n }, FROM_BALANCE] : [FROM_BALANCE]),
  },
];

type Placed = { readonly line: NumberClaim; readonly first: PayResult };

/** An order whose page is open; `paid`: and has been paid, though nobody knows yet. */
export const preparePage =
  (paid: boolean, payer?: Payer, minor = 0n) =>
  async (world: World): Promise<Placed> => {
    const line = await lineWith(world, minor);
    if (payer !== undefined) await belongs(world, payer, line);
    const first = await order(world, line, [RENEW], payer === undefined ? {} : { asker: payer.person });
    if (paid) await visitPage(first);
    return { line, first };
  };

const payInstead =
  (way: Way, payer?: Payer) =>
  async (house: OrdersHouse, { first }: Placed): Promise<PayResult> =>
    allowed(await payAgain(house, payer?.person ?? OPERATOR, { order: first.order, key: 'instead', way }));

export function payingAgain(payer: Payer): Case<Placed>[] {
  const saved: Way = { kind: 'saved', savedMethodId: payer.method.savedMethodId };
  const onPage = async (house: OrdersHouse, placed: Placed) => payOnPage(house, await payInstead(PAGE)(house, placed));
  return [
    {
      name: 'pay again (page)',
      prepare: preparePage(false),
      act: payInstead(PAGE),
      comeBack: onPage,
      expect: (world, { line }) => expectOneOf(world, line, [{ ...DELIVERED, kept: BY_CARD }]),
    },
    {
      name: 'pay again (page), the first page just paid',
      prepare: preparePage(true),
      act: payInstead(PAGE),
      comeBack: onPage,
      expect: (world, { line }) => expectOneOf(world, line, [{ ...DELIVERED, kept: BY_CARD }]),
    },
    {
      name: 'pay again (saved)',
      prepare: preparePage(false, payer),
      act: payInstead(saved, payer),
      expect: (world, { line }) => expectOneOf(world, line, [{ ...DELIVERED, kept: BY_CARD }]),
    },
    {
      name: 'pay again (balance), the first page just paid',
      prepare: preparePage(true, undefined, 1500n),
      act: payInstead(BALANCE),
      expect: (world, { line }) => expectOneOf(world, line, [FROM_BALANCE]),
    },
  ];
}
