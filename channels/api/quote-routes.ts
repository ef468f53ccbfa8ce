/** Quotes: items priced for a line, with the rules they follow and the ways to pay, before anything is asked of anybody (PAY-3). */
import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { type Action, ALLOWED, lookUpNumber } from '#domain/access';
import { available, readAccount } from '#domain/ledger';
import { presentPlan, readLine } from '#domain/lines';
import { type AmountRefusal, compare, type Money, money, parseAmount, subtract } from '#domain/money';
import { type Quote as DomainQuote, type ItemRequest, linkOf, openQuote, quoteOrder, readOrder, tellRules } from '#domain/orders';
import { listSavedMethods } from '#domain/payments';
import { requireCooledOff } from '#domain/people';
import { present } from '#platform/assert';
import type { SchemaTypes } from '#platform/http';
import { formatId, formatLink } from '#platform/ids';
import { sayRefusal } from '#platform/messages';
import { isRefusal } from '#platform/refusals';
import { answer, type Call } from './answer.ts';
import { type Desk, numberFor, standingOn } from './desk.ts';
import { exactly } from './schemas/named.ts';
import { type Item, Quote, QuoteRequest } from './schemas/sale.ts';
import { PROBLEM_ANSWER, Secret } from './schemas/values.ts';
import { saySentences, showItems, showMethod, showMoney, showTaxes } from './show-sale.ts';

const createQuoteSchema = {
  operationId: 'createQuote',
  summary: 'Prices items for a line, for thirty minutes',
  description: 'Anybody may renew, add a pack and top up; changing, queueing and paying from the balance are the owner’s.',
  body: QuoteRequest,
  response: { 201: Quote, ...PROBLEM_ANSWER },
} as const;

const readQuoteSchema = {
  operationId: 'readQuote',
  summary: 'A quote by its secret',
  params: exactly({ secret: Secret }),
  response: { 200: Quote, ...PROBLEM_ANSWER },
} as const;

export function addQuoteRoutes(plain: FastifyInstance, desk: Desk): void {
  const app = plain.withTypeProvider<SchemaTypes>();
  const { house } = desk;

  app.post('/quotes', { schema: createQuoteSchema }, (request, reply) =>
    answer(desk, request, reply, async (call) => {
      const { number, items } = request.body;
      const claim = await lookUpNumber(house, call.asker, { number, country: house.catalog().brand?.defaultMarket ?? 'US' });
      if (isRefusal(claim)) return claim;
      const { currency } = await readAccount(house.database, claim);
      const wanted = readItems(items, currency);
      if (isRefusal(wanted)) return wanted;
      const quote = await quoteOrder(house, call.asker, { line: claim, items: wanted });
      if (isRefusal(quote)) return quote;
      reply.code(201).header('location', `/api/v1/quotes/${linkOfQuote(quote)}`);
      return showQuote(desk, call, quote);
    }),
  );

  app.get('/quotes/:secret', { schema: readQuoteSchema }, (request, reply) =>
    answer(desk, request, reply, async (call) => {
      const quote = await openQuote(house.database, request.params.secret);
      return isRefusal(quote) ? quote : showQuote(desk, call, quote);
    }),
  );
}

function readItems(items: readonly Static<typeof Item>[], currency: string): ItemRequest[] | AmountRefusal {
  const wanted: ItemRequest[] = [];
  for (const item of items) {
    const read = readItem(item, currency);
    if (isRefusal(read)) return read;
    wanted.push(read);
  }
  return wanted;
}

/** Amounts are read as typed ones are: what would be ambiguous, or is of another currency than the line's, is refused in words. */
function readItem(item: Static<typeof Item>, currency: string): ItemRequest | AmountRefusal {
  switch (item.kind) {
    case 'top_up': {
      const amount = parseAmount(`${item.amount.currency} ${item.amount.amount}`, currency);
      return isRefusal(amount) ? amount : { kind: item.kind, amount };
    }
    case 'queue':
      return { kind: item.kind, product: item.product, startRule: item.starts };
    default:
      return item;
  }
}

function linkOfQuote({ quoteId, accountId, token }: DomainQuote): string {
  return formatLink({ id: quoteId, accountId, token });
}

async function showQuote(desk: Desk, call: Call, quote: DomainQuote) {
  const { house } = desk;
  const { language, asker } = call;
  const { content, slot, accountId, quoteId: orderId } = quote;
  const [{ standing, seesLine }, order, state, account, cooling] = await Promise.all([
    standingOn(desk, asker, quote),
    readOrder(house.database, { slot, accountId, orderId }),
    readLine(house.database, content.line),
    readAccount(house.database, quote),
    asker.kind === 'person' ? requireCooledOff(house, house.database, asker.personId) : undefined,
  ]);
  const market = present(house.catalog().marketVersion(content.market, content.marketVersion), 'a market version is kept for ever');
  const now = house.clock.business();
  const balance = available(account);
  const known = seesLine ? { state, balance } : undefined;
  const { changes, warnings } = tellRules(house, content, {
    language,
    now,
    lastPaidAt: state.line.lastPaidAt,
    plan: presentPlan(house.catalog(), state),
    known,
  });
  const { provider } = content.sums;
  const may = ALLOWED[standing];
  const allowed = cooling === undefined ? may : may.filter((one) => !spendsKept(one, content));
  return {
    secret: linkOfQuote(quote),
    number: numberFor(seesLine, content.number),
    zone: market.zone,
    expiresAt: quote.expiresAt,
    items: showItems(language, content.items, seesLine),
    taxes: showTaxes(language, provider.taxes, provider.pricesIncludeTax),
    total: showMoney(provider.total),
    ways: [
      ...(asker.kind === 'person' && allowed.includes('use_saved_method') ? await showSaved(desk, call, asker.personId) : []),
      ...(allowed.includes('pay_from_balance') ? showBalance(quote, balance) : []),
      ...market.paymentChoices.map((choice) => ({ kind: 'page', choice }) as const),
    ],
    termsVersion: content.termsVersion,
    rules: saySentences(language, market.zone, now, changes),
    warnings: [
      ...saySentences(language, market.zone, now, warnings),
      ...(cooling && allowed.length < may.length ? [sayRefusal(language, cooling)] : []),
    ],
    ...(order === undefined ? {} : { order: linkOf(order) }),
  };
}

async function showSaved({ house }: Desk, { language }: Call, personId: bigint) {
  const methods = await listSavedMethods(house.database, personId);
  return methods.map(({ savedMethodId, kind, brand, last4 }) => {
    const { label } = showMethod(language, { kind, brand: brand ?? undefined, last4: last4 ?? undefined });
    return { kind: 'saved', method: formatId('mth', savedMethodId), ...(label === undefined ? {} : { label }) } as const;
  });
}

/** What waits while it cools off (domain/orders, requireCooledWay): what costs nothing spends nothing. */
function spendsKept(action: Action, { sums }: DomainQuote['content']): boolean {
  return action === 'use_saved_method' || (action === 'pay_from_balance' && sums.balance?.total.minor !== 0n);
}

/** A balance that is short says by how much (PAY-7 begins here). */
function showBalance({ content }: DomainQuote, balance: Money) {
  const sum = content.sums.balance;
  if (sum === null) return [];
  const short = compare(sum.total, balance) > 0 ? subtract(sum.total, balance) : money(balance.currency, 0n);
  return [{ kind: 'balance', total: showMoney(sum.total), ...(short.minor > 0n ? { short: showMoney(short) } : {}) } as const];
}
