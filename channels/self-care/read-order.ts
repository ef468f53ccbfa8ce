/** The order page: how the order stands, which stages it went through, what can be done next. Its address is its permission. */
import type { Asker, OrderView, RefusalView } from '#channels/web';
import { presentPlan, readLine } from '#domain/lines';
import { readOrderDeliveries } from '#domain/notices';
import {
  declineOf,
  linkOf,
  type Order,
  type OrderStanding,
  openOrder,
  pageOf,
  presentAttempt,
  readNetwork,
  readOutcome,
  type Sentence,
  stagesOf,
  standingOf,
  sumOf,
  tellEffects,
  type WatchedOrder,
} from '#domain/orders';
import { type Attempt, isLive } from '#domain/payments';
import { present } from '#platform/assert';
import { formatSpokenId } from '#platform/ids';
import { formatMaskedNumber, type Language } from '#platform/messages';
import { secretToken } from '#platform/random';
import { isRefusal } from '#platform/refusals';
import type { Desk } from './desk.ts';
import { ownLineId } from './line/known-line.ts';
import { waysToPayAgain } from './line/ways-to-pay.ts';
import { sealLine } from './line-ref.ts';
import { methodOfAttempt } from './show-method.ts';
import { sumView } from './show-sum.ts';
import { tellRefusal } from './tell-refusal.ts';

/** States in which it may be paid in another way. */
const PAYABLE: ReadonlySet<OrderStanding> = new Set(['awaiting_payment', 'payment_unknown', 'declined']);

export async function readOrder(desk: Desk, asker: Asker, { secret }: { readonly secret: string }): Promise<OrderView | RefusalView> {
  const opened = await openOrder(desk.house.database, secret);
  if (isRefusal(opened)) return tellRefusal(opened, asker);
  const view = await orderView(desk, asker, await desk.watch.look(opened));
  return { ...view, ...(await ownLineId(desk, asker, opened.content.line)) };
}

async function orderView(desk: Desk, asker: Asker, { order, attempts }: WatchedOrder): Promise<OrderView> {
  const { house } = desk;
  const { language } = asker;
  const { content } = order;
  const standing = standingOf(order, attempts);
  const attempt = presentAttempt(attempts);
  const market = present(house.catalog().marketVersion(content.market, content.marketVersion), 'a market version is kept for ever');
  const [outcome, deliveries, network, effects] = await Promise.all([
    readOutcome(house.database, order),
    order.appliedAt === null ? [] : readOrderDeliveries(house.database, order),
    readNetwork(house.database, order),
    readEffects(desk, order, standing, language),
  ]);
  const payable = order.state === 'placed' && PAYABLE.has(standing);
  const page = payable && attempt !== undefined ? pageOf(attempt) : undefined;
  return {
    ...sumView(language, sumOf(order), content.items),
    secret: linkOf(order),
    orderNumber: formatSpokenId(order.orderId),
    state: standing,
    maskedNumber: formatMaskedNumber(content.number),
    zone: market.zone,
    now: house.clock.business(),
    placedAt: order.placedAt,
    method: order.tender === 'balance' ? { code: 'balance', kind: 'balance' } : methodOfAttempt(language, payerOf(order, attempts)),
    stages: stagesOf(order, standing, deliveries, network, house.clock.transport()).map(({ ms, ...stage }) => ({
      ...stage,
      ...(ms === undefined ? {} : { ms }),
    })),
    happened: [...effects, ...pageCloses(standing, attempt)],
    ...(standing === 'declined' && attempt !== undefined ? { decline: declineOf(attempt) } : {}),
    ...(outcome.refunded === undefined ? {} : { refunded: outcome.refunded }),
    key: secretToken(),
    ...(page === undefined ? {} : { paymentPage: page }),
    ...(payable ? await waysToPayAgain(desk, asker, order, market) : { methods: [], keepable: false }),
    warnings: standing === 'payment_unknown' && attempts.some(isLive) ? [{ key: 'rule.paying_again', values: {} }] : [],
    cancellable: order.state === 'placed' && order.tender === 'provider',
    ...(outcome.receiptNumber === undefined ? {} : { receiptNumber: outcome.receiptNumber }),
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

/** What it did to the line, once it is in effect. */
async function readEffects({ house }: Desk, order: Order, standing: OrderStanding, language: Language): Promise<readonly Sentence[]> {
  if (standing !== 'delivered') return [];
  return tellEffects(house, order, language, presentPlan(house.catalog(), await readLine(house.database, order.content.line)));
}
