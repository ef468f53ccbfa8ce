/** The order page: how the order stands, which stages it went through, what can be done next. Its address is its permission. */
import type { Asker, OrderView, RefusalView } from '#channels/web';
import { presentPlan, readLine } from '#domain/lines';
import { type Money, sum } from '#domain/money';
import { readOrderDeliveries } from '#domain/notices';
import {
  declineOf,
  linkOf,
  type Order,
  type OrderStanding,
  openOrder,
  pageOf,
  presentAttempt,
  readDocuments,
  type Sentence,
  stagesOf,
  standingOf,
  sumOf,
  tellItems,
  type WatchedOrder,
} from '#domain/orders';
import { type Attempt, isLive, refundsOfOrder } from '#domain/payments';
import { present } from '#platform/assert';
import { formatId } from '#platform/ids';
import { formatMaskedNumber, type Language } from '#platform/messages';
import { secretToken } from '#platform/random';
import { isRefusal } from '#platform/refusals';
import type { Desk } from './desk.ts';
import { sealLine } from './line-ref.ts';
import { methodOfAttempt, methodViews } from './show-method.ts';
import { sumView } from './show-sum.ts';
import { tellRefusal } from './tell-refusal.ts';

/** States in which it may be paid in another way. */
const PAYABLE: ReadonlySet<OrderStanding> = new Set(['awaiting_payment', 'payment_unknown', 'declined']);

export async function readOrder(desk: Desk, asker: Asker, { secret }: { readonly secret: string }): Promise<OrderView | RefusalView> {
  const opened = await openOrder(desk.house.database, secret);
  return isRefusal(opened) ? tellRefusal(opened, asker) : orderView(desk, asker.language, await desk.watch.look(opened));
}

async function orderView(desk: Desk, language: Language, { order, attempts }: WatchedOrder): Promise<OrderView> {
  const { house } = desk;
  const { content } = order;
  const standing = standingOf(order, attempts);
  const attempt = presentAttempt(attempts);
  const market = present(house.catalog().marketVersion(content.market, content.marketVersion), 'a market version is kept for ever');
  const told = await readTold(desk, order, standing, language);
  const payable = order.state === 'placed' && PAYABLE.has(standing);
  const page = payable && attempt !== undefined ? pageOf(attempt) : undefined;
  return {
    ...sumView(language, sumOf(order), content.items),
    secret: linkOf(order),
    orderNumber: formatId('ord', order.orderId),
    state: standing,
    maskedNumber: formatMaskedNumber(content.number),
    zone: market.zone,
    now: house.clock.business(),
    placedAt: order.placedAt,
    method: order.tender === 'balance' ? { code: 'balance', kind: 'balance' } : methodOfAttempt(language, payerOf(order, attempts)),
    stages: stagesOf(order, standing, told.deliveries, house.clock.transport()).map(({ ms, ...stage }) => ({ ...stage, ...(ms === undefined ? {} : { ms }) })),
    happened: [...told.effects, ...pageCloses(standing, attempt)],
    ...(standing === 'declined' && attempt !== undefined ? { decline: declineOf(attempt) } : {}),
    ...(told.refunded === undefined ? {} : { refunded: told.refunded }),
    key: secretToken(),
    ...(page === undefined ? {} : { paymentPage: page }),
    methods: payable ? methodViews(market) : [],
    warnings: payable && attempts.some(isLive) ? [{ key: 'rule.paying_again', values: {} }] : [],
    cancellable: order.state === 'placed' && order.tender === 'provider',
    ...(told.receiptNumber === undefined ? {} : { receiptNumber: told.receiptNumber }),
    ref: sealLine(desk, { ...content.line, claimCount: content.claimCount }),
  };
}

/** The attempt whose capture paid it, else the one that may. */
function payerOf(order: Order, attempts: readonly Attempt[]): Attempt | undefined {
  return attempts.find(({ attemptId }) => attemptId === order.paidByAttemptId) ?? presentAttempt(attempts);
}

function pageCloses(standing: OrderStanding, attempt: Attempt | undefined): Sentence[] {
  const closesAt = standing === 'awaiting_payment' ? attempt?.pageExpiresAt : undefined;
  return closesAt ? [{ key: 'rule.payment_page_closes', values: { closesAt } }] : [];
}

type Told = {
  readonly deliveries: Awaited<ReturnType<typeof readOrderDeliveries>>;
  readonly effects: readonly Sentence[];
  readonly receiptNumber?: string | undefined;
  readonly refunded?: Money | undefined;
};

/** What is known of an order that was paid. An order that waits for its payment is read without: it is looked at each second. */
async function readTold({ house }: Desk, order: Order, standing: OrderStanding, language: Language): Promise<Told> {
  if (order.paidAt === null) return { deliveries: [], effects: [] };
  const { database } = house;
  const back = standing === 'refunding' || standing === 'refunded';
  const [documents, deliveries, refunds, line] = await Promise.all([
    readDocuments(database, order),
    readOrderDeliveries(database, order),
    back ? refundsOfOrder(database, order) : [],
    standing === 'delivered' ? readLine(database, order.content.line) : undefined,
  ]);
  const credited = documents.flatMap((one) => (one.kind === 'credit_note' ? [one.content.sum.total] : []));
  const returned = credited.length > 0 ? credited : refunds.map(({ amount }) => amount);
  const telling = { language, now: house.clock.business(), lastPaidAt: null };
  return {
    deliveries,
    effects: line === undefined ? [] : tellItems(house, order.content, { ...telling, plan: presentPlan(house.catalog(), line) }),
    receiptNumber: documents.find((one) => one.kind === 'receipt')?.documentNumber,
    refunded: back ? sum(order.currency, returned) : undefined,
  };
}
