/**
 * Paying a placed order: the attempt that was committed is sent, what comes back is recorded and, when it is money,
 * settled. Dying anywhere in between leaves an attempt to ask about, never one that is sent twice.
 */
import { type Asker, requireAccess } from '#domain/access';
import { endHold, instantUnder, lockAccount } from '#domain/ledger';
import { money } from '#domain/money';
import {
  type Attempt,
  attemptsOfOrder,
  closeAttempt,
  isLive,
  openIntent,
  type PageContext,
  type StartAttemptRefusal,
  sendAttempt,
  startAttempt,
} from '#domain/payments';
import { assert } from '#platform/assert';
import type { Transaction } from '#platform/database';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { OrdersHouse } from './house.ts';
import { type Order, sumOf } from './order.ts';
import { type AnyWay, actionsFor, isOffered, methodOf, requireCooledWay } from './pay-way.ts';
import { HELD_LOOK_MS, holdBalance, holdReference, linkOf, UNPAID_LIFE_MS } from './place-order.ts';
import { orderUnderLock, saveOrder } from './read-order.ts';
import { refuse } from './refusals.ts';
import { settleFromBalance } from './settle-from-balance.ts';
import { resolveAttempt } from './settle-order.ts';

/** How an order stands after paying was tried: `page` is where the customer goes on. */
export type PayResult = { readonly order: Order; readonly attempt: Attempt | undefined; readonly page: string | undefined };

/** Sends the attempt of a placed order, or settles it from the balance. Repeatable at any point. */
export async function payOrder(
  house: OrdersHouse,
  placed: { readonly order: Order; readonly attempt: Attempt | undefined },
): Promise<PayResult> {
  const { order } = placed;
  if (order.tender === 'balance') return { order: await settleFromBalance(house, order), attempt: undefined, page: undefined };
  const attempt = placed.attempt ?? (await latestAttempt(house, order));
  assert(attempt !== undefined, 'an order that a provider pays has an attempt');
  if (attempt.state !== 'started') return resultOf(order, attempt);
  const outcome = await sendAttempt(house.providers, attempt, contextOf(house, order), house.clock.transport());
  const resolved = await resolveAttempt(house, attempt, outcome, { content: order.content });
  return resultOf(resolved.order, resolved.attempt);
}

async function latestAttempt(house: OrdersHouse, order: Order): Promise<Attempt | undefined> {
  return (await attemptsOfOrder(house.database, order)).findLast((attempt) => attempt.supersededAt === null);
}

function resultOf(order: Order, attempt: Attempt): PayResult {
  const page = order.state === 'placed' && isLive(attempt) ? (attempt.authenticationUrl ?? attempt.pageUrl ?? undefined) : undefined;
  return { order, attempt, page };
}

/** What the provider's page shows. The same each time the same attempt is sent: providers compare repeats. */
export function contextOf(house: OrdersHouse, order: Order): PageContext {
  const { language, content } = order;
  const url = house.orderUrl(linkOf(order));
  const sum = sumOf(order);
  const taxes = sum.taxes.filter((tax) => !sum.pricesIncludeTax && tax.amount.minor !== 0n);
  return {
    returnUrl: url,
    cancelUrl: url,
    description: `${house.catalog().brand?.name ?? 'Everline'} · ${content.items.map((item) => item.names[language]).join(' + ')}`,
    language,
    items: [
      ...content.items.map((item) => ({ name: item.names[language], amount: item.price })),
      ...taxes.map((tax) => ({ name: tax.names[language], amount: tax.amount })),
    ],
    payerEmail: order.email ?? undefined,
  };
}

export type PayAgainRefusal =
  | Refusal<'access.not_allowed' | 'orders.not_open' | 'orders.tender_not_offered' | 'ledger.balance_short' | 'people.cooling_off'>
  | StartAttemptRefusal;

/**
 * Pays an order that is still open in another way. The attempt before it is superseded: told so before, its page is
 * closed, and a success that comes late all the same is refunded. The same key again is the same attempt, also when the
 * order has long been paid by it. Saved methods are those of the person who placed the order, and only they use or add one.
 */
export async function payAgain(
  house: OrdersHouse,
  asker: Asker,
  request: { readonly order: Order; readonly key: string; readonly way: AnyWay },
): Promise<PayResult | PayAgainRefusal> {
  const { order: asked, way } = request;
  const denied = await requireAccess(house.database, asker, actionsFor(way), asked);
  if (denied !== undefined) return denied;
  const takesSaved = way.kind !== 'balance' && actionsFor(way).length > 0;
  const isTheirs = asker.kind === 'person' && asker.personId === asked.personId;
  if ((takesSaved && !isTheirs) || !isOffered(house, asked.content, way)) return refuse('orders.tender_not_offered');
  const earlier = await attemptsOfOrder(house.database, request.order);
  const placed = await house.database.transaction((tx) => placeAgain(house, tx, asker, request));
  if (isRefusal(placed)) return placed;
  for (const attempt of earlier.filter((one) => isLive(one) && one.attemptId !== placed.attempt?.attemptId))
    await resolveAttempt(house, attempt, await closeAttempt(house.providers, attempt, house.clock.transport()));
  return payOrder(house, placed);
}

type AgainRequest = Parameters<typeof payAgain>[2];

async function placeAgain(
  house: OrdersHouse,
  tx: Transaction,
  asker: Asker,
  { order: { slot, accountId, orderId, content }, key, way }: AgainRequest,
) {
  const account = await lockAccount(tx, { slot, accountId });
  const [order, attempts, cooling] = await Promise.all([
    orderUnderLock(tx, { slot, accountId, orderId }),
    attemptsOfOrder(tx, { slot, accountId, orderId }),
    requireCooledWay(house, tx, asker, { content, way }),
  ]);
  const isRepeat =
    way.kind === 'balance' ? order.tender === 'balance' && order.paidAt !== null : attempts.some((attempt) => attempt.key === key);
  if (order.state !== 'placed' && !isRepeat) return refuse('orders.not_open');
  if (isRepeat && way.kind === 'balance') return { order, attempt: undefined, repeated: true };
  if (cooling !== undefined && !isRepeat) return cooling;
  const transportAt = house.clock.transport();
  const tender = way.kind === 'balance' ? ('balance' as const) : ('provider' as const);
  const lookAt = new Date(transportAt.getTime() + (tender === 'balance' ? HELD_LOOK_MS : UNPAID_LIFE_MS));
  const changed: Order = { ...order, tender, totalMinor: sumOf({ tender, content: order.content }).total.minor, lookAt };
  // What an earlier try held on the balance and never settled is free again, to be held anew or not.
  const freed = isRepeat
    ? undefined
    : await endHold(tx, account, { reference: holdReference(order), as: 'released', at: instantUnder(account, house.clock.business()) });
  if (!isRepeat) saveOrder(tx, changed);
  if (way.kind === 'balance') return holdBalance(house, tx, { ...account, heldMinor: account.heldMinor - (freed?.minor ?? 0n) }, changed);
  const amount = money(changed.currency, changed.totalMinor);
  const intent = await openIntent(house, tx, { slot, accountId, orderId, personId: order.personId, amount, transportAt });
  const attempt = await startAttempt(house, tx, { intent, method: methodOf(house, way), key, supersede: true, transportAt });
  return isRefusal(attempt) ? attempt : { order: isRepeat ? order : changed, attempt, repeated: isRepeat };
}
