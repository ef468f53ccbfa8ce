/** A node's door: each ask done by the use cases as the pages, the API and the command line call them. */
import type { Asker } from '#domain/access';
import { readAccount } from '#domain/ledger';
import { addLine, findNumber, readLine } from '#domain/lines';
import { money } from '#domain/money';
import {
  askAttempt,
  cancelOrder,
  type Order,
  openOrder,
  openQuote,
  type PayResult,
  payAgain,
  payOrder,
  placeOrder,
  type Quote,
  quoteOrder,
  readDocuments,
  readOrder,
  refundOrder,
} from '#domain/orders';
import { attemptsOfOrder, isLive, listSavedMethods } from '#domain/payments';
import { addMember, addPerson } from '#domain/people';
import { present } from '#platform/assert';
import { formatId, formatLink } from '#platform/ids';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { House } from '../../apps/house/index.ts';
import type { Ask, LineAnswer, OpenedLine, OrderAnswer, QuoteAnswer, RefundAnswer } from './asks.ts';

const OPERATOR: Asker = { kind: 'operator', name: 'torture' };

type Answer = OpenedLine | QuoteAnswer | OrderAnswer | RefundAnswer | LineAnswer;
type Of<Kind extends Ask['ask']> = Extract<Ask, { ask: Kind }>;

export async function answerAsk(house: House, ask: Ask): Promise<Answer | Refusal> {
  await house.catalog.current();
  switch (ask.ask) {
    case 'open_line':
      return openLine(house, ask);
    case 'quote':
      return quote(house, ask);
    case 'place':
      return place(house, ask);
    case 'pay_again':
      return onOrder(house, ask.link, async (order) => {
        const paid = await payAgain(house.orders, askerOf(ask), { order, key: ask.key, way: ask.way });
        return isRefusal(paid) ? paid : tellPaying(house, paid);
      });
    case 'order':
      return onOrder(house, ask.link, (order) => lookAt(house, order));
    case 'cancel':
      return onOrder(house, ask.link, async (order) => {
        const cancelled = await cancelOrder(house.orders, askerOf(ask), order);
        return isRefusal(cancelled) ? cancelled : tellOrder(house, cancelled);
      });
    case 'refund':
      return onOrder(house, ask.link, (order) => refund(house, order, ask));
    case 'line':
      return line(house, ask);
  }
}

function askerOf({ personId }: { readonly personId: bigint | null }): Asker {
  return personId === null ? { kind: 'guest', source: 'torture' } : { kind: 'person', personId, source: 'torture' };
}

async function onOrder<A>(house: House, link: string, work: (order: Order) => Promise<A | Refusal>): Promise<A | Refusal> {
  const order = await openOrder(house.tools.database, link);
  return isRefusal(order) ? order : work(order);
}

async function openLine(house: House, { number, plan }: Of<'open_line'>): Promise<OpenedLine | Refusal> {
  const { database, clock } = house.tools;
  const personId = await addPerson(house.tools, database, { name: null, language: 'en', email: null, number });
  return database.transaction(async (tx) => {
    const added = await addLine(house.tools, tx, house.catalog.latest(), { number, market: 'US', taxRegion: '98101', plan });
    if (isRefusal(added)) return added;
    await addMember(tx, { ...added, personId, role: 'owner', at: clock.business() });
    return { account: formatId('acc', added.accountId), personId };
  });
}

async function quote(house: House, ask: Of<'quote'>): Promise<QuoteAnswer | Refusal> {
  const claim = await findNumber(house.tools.database, ask.number);
  if (isRefusal(claim)) return claim;
  const quoted = await quoteOrder(house.orders, askerOf(ask), { line: claim, items: ask.items });
  return isRefusal(quoted) ? quoted : tellQuote(quoted);
}

function tellQuote({ quoteId, accountId, token, content }: Quote): QuoteAnswer {
  const { provider, balance } = content.sums;
  const topUps = provider.items.filter((_, index) => content.items[index]?.kind === 'top_up');
  return {
    link: formatLink({ id: quoteId, accountId, token }),
    order: formatId('ord', quoteId),
    providerMinor: provider.total.minor,
    balanceMinor: balance?.total.minor ?? null,
    topUpMinor: topUps.reduce((total, item) => total + item.net.minor, 0n),
  };
}

async function place(house: House, ask: Of<'place'>): Promise<OrderAnswer | Refusal> {
  const quoted = await openQuote(house.tools.database, ask.link);
  if (isRefusal(quoted)) return quoted;
  const { key, way } = ask;
  const placed = await placeOrder(house.orders, askerOf(ask), {
    quote: quoted,
    key,
    way,
    acceptedTerms: quoted.content.termsVersion,
    language: 'en',
  });
  return isRefusal(placed) ? placed : tellPaying(house, await payOrder(house.orders, placed));
}

/** As an order's page does: what is still open is asked about at once. */
async function lookAt(house: House, order: Order): Promise<OrderAnswer> {
  for (const attempt of (await attemptsOfOrder(house.tools.database, order)).filter(isLive)) await askAttempt(house.orders, attempt);
  return tellOrder(house, present(await readOrder(house.tools.database, order), 'an order is never deleted'));
}

async function refund(house: House, order: Order, { key, amountMinor }: Of<'refund'>): Promise<RefundAnswer | Refusal> {
  const asked =
    amountMinor === null ? ({ kind: 'rest' } as const) : ({ kind: 'amount', amount: money(order.currency, amountMinor) } as const);
  const refunded = await refundOrder(house.orders, OPERATOR, { order, key, asked, reason: 'asked' });
  if (isRefusal(refunded)) return refunded;
  const { creditNoteNumber, amount } = refunded;
  return { order: formatId('ord', order.orderId), state: refunded.order.state, creditNote: creditNoteNumber, amountMinor: amount.minor };
}

async function tellPaying(house: House, { order, page }: PayResult): Promise<OrderAnswer> {
  return { ...(await tellOrder(house, order)), page: page ?? null };
}

async function tellOrder(house: House, order: Order): Promise<OrderAnswer> {
  const documents = await readDocuments(house.tools.database, order);
  const receipt = documents.find((document) => document.kind === 'receipt')?.documentNumber ?? null;
  return { order: formatId('ord', order.orderId), state: order.state, tender: order.tender, page: null, receipt };
}

async function line(house: House, { number, personId }: Of<'line'>): Promise<LineAnswer | Refusal> {
  const { database } = house.tools;
  const claim = await findNumber(database, number);
  if (isRefusal(claim)) return claim;
  const [read, account, methods] = await Promise.all([
    readLine(database, claim),
    readAccount(database, claim),
    listSavedMethods(database, personId),
  ]);
  const { state, paidUntil } = read.line;
  return { state, paidUntil, balanceMinor: account.balanceMinor, savedMethodId: methods[0]?.savedMethodId ?? null };
}
