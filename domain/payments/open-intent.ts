import type { Money } from '#domain/money';
import { assert, present } from '#platform/assert';
import { type Queries, statement, type Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import type { Intent } from './payment.ts';

type IntentRow = Omit<Intent, 'amount'> & { currency: string; amountMinor: bigint };
export const insertIntent = statement<IntentRow, IntentRow>(import.meta.dirname, 'insert-intent');
const lockIntentRow = statement<{ slot: number; accountId: bigint; intentId: bigint }, IntentRow>(import.meta.dirname, 'lock-intent');
const intentOfOrder = statement<{ slot: number; accountId: bigint; orderId: bigint }, IntentRow>(import.meta.dirname, 'intent-of-order');

export type IntentRequest = {
  readonly slot: number;
  readonly accountId: bigint;
  readonly orderId: bigint;
  readonly personId: bigint | null;
  readonly amount: Money;
  readonly transportAt: Date;
};

/** What an order wants paid. Opening the same order's again gives the intent that is there; another amount is a fault. */
export async function openIntent(tools: Pick<Tools, 'mintId'>, tx: Transaction, request: IntentRequest): Promise<Intent> {
  assert(request.amount.minor > 0n, 'an intent is of more than nothing');
  const { slot, accountId, orderId, personId, amount } = request;
  const opened = await tx.maybe(insertIntent, {
    ...{ slot, accountId, orderId, personId },
    intentId: tools.mintId(slot),
    currency: amount.currency,
    amountMinor: amount.minor,
    openedAt: request.transportAt,
  });
  const intent = opened ? intentFrom(opened) : present(await readIntent(tx, request), 'an intent that is not new is there');
  const same = intent.amount.currency === amount.currency && intent.amount.minor === amount.minor && intent.personId === personId;
  assert(same, 'an order has one intent, of one amount and one payer');
  return intent;
}

/** The order's intent, or undefined when nothing is to be paid through a provider. */
export async function readIntent(
  queries: Queries,
  order: { readonly slot: number; readonly accountId: bigint; readonly orderId: bigint },
): Promise<Intent | undefined> {
  const row = await queries.maybe(intentOfOrder, { slot: order.slot, accountId: order.accountId, orderId: order.orderId });
  return row && intentFrom(row);
}

/** The lock of everything that belongs to an intent; taken after the account's, in a statement of its own. */
export async function lockIntent(tx: Transaction, key: { slot: number; accountId: bigint; intentId: bigint }): Promise<Intent> {
  return intentFrom(await tx.one(lockIntentRow, { slot: key.slot, accountId: key.accountId, intentId: key.intentId }));
}

function intentFrom({ currency, amountMinor, ...rest }: IntentRow): Intent {
  return { ...rest, amount: { currency, minor: amountMinor } };
}
