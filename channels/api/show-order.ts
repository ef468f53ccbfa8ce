/** An order as the API tells it: how it stands, its stages, what can be done next. */
import type { Static } from 'typebox';
import { presentPlan, readLine } from '#domain/lines';
import { readOrderDeliveries } from '#domain/notices';
import {
  type Order as DomainOrder,
  declineOf,
  linkOf,
  type OrderStanding,
  pageOf,
  presentAttempt,
  readNetwork,
  readOutcome,
  type Sentence,
  stagesOf,
  standingOf,
  sumOf,
  tellEffects,
  totalOf,
  type WatchedOrder,
} from '#domain/orders';
import { isLive } from '#domain/payments';
import { present } from '#platform/assert';
import { formatId } from '#platform/ids';
import { type Language, say, sayDecline } from '#platform/messages';
import type { Call } from './answer.ts';
import { type Desk, numberFor, standingOn } from './desk.ts';
import type { Order } from './schemas/sale.ts';
import { saySentences, showItems, showMoney, showTaxes, showWay } from './show-sale.ts';

type View = Static<typeof Order>;

const PAYABLE: ReadonlySet<OrderStanding> = new Set(['awaiting_payment', 'payment_unknown', 'declined']);

export async function showOrder(desk: Desk, { asker, language }: Call, { order, attempts }: WatchedOrder): Promise<View> {
  const { house } = desk;
  const { content } = order;
  const standing = standingOf(order, attempts);
  const attempt = attempts.find(({ attemptId }) => attemptId === order.paidByAttemptId) ?? presentAttempt(attempts);
  const market = present(house.catalog().marketVersion(content.market, content.marketVersion), 'a market version is kept for ever');
  const [{ seesLine }, outcome, deliveries, network, effects] = await Promise.all([
    standingOn(desk, asker, order),
    readOutcome(house.database, order),
    order.appliedAt === null ? [] : readOrderDeliveries(house.database, order),
    readNetwork(house.database, order),
    readEffects(desk, order, standing, language),
  ]);
  const payable = order.state === 'placed' && PAYABLE.has(standing);
  const page = payable && attempt !== undefined ? pageOf(attempt) : undefined;
  const { taxes, pricesIncludeTax } = sumOf(order);
  const now = house.clock.business();
  return {
    secret: linkOf(order),
    id: formatId('ord', order.orderId),
    page: house.orderUrl(linkOf(order)),
    state: standing,
    number: numberFor(seesLine, content.number),
    zone: market.zone,
    placedAt: order.placedAt,
    items: showItems(language, content.items, seesLine),
    taxes: showTaxes(language, taxes, pricesIncludeTax),
    total: showMoney(totalOf(order)),
    way: showWay(language, order, attempt),
    stages: stagesOf(order, standing, deliveries, network, house.clock.transport()).map(({ ms, ...stage }) => ({
      ...stage,
      ...(ms === undefined ? {} : { ms }),
    })),
    ...(standing === 'declined' && attempt !== undefined
      ? { decline: { reason: declineOf(attempt), title: sayDecline(language, declineOf(attempt)) } }
      : {}),
    ...(page === undefined ? {} : { paymentPage: page }),
    payable,
    cancellable: order.state === 'placed' && order.tender === 'provider',
    effects: saySentences(language, market.zone, now, effects),
    warnings: standing === 'payment_unknown' && attempts.some(isLive) ? [say(language, 'rule.paying_again')] : [],
    ...(outcome.receiptNumber === undefined ? {} : { receiptNumber: outcome.receiptNumber }),
    ...(outcome.refunded === undefined ? {} : { refunded: showMoney(outcome.refunded) }),
  };
}

/** What it did to the line, once it is in effect; without dates of the line, which its people read there. */
async function readEffects({ house }: Desk, order: DomainOrder, standing: OrderStanding, language: Language): Promise<readonly Sentence[]> {
  if (standing !== 'delivered') return [];
  return tellEffects(house, order, language, presentPlan(house.catalog(), await readLine(house.database, order.content.line)));
}
