import { type Queries, statement, type Transaction } from '#platform/database';
import { slotOf } from '#platform/ids';
import type { Attempt, AttemptKey } from './payment.ts';
import type { MethodUsed } from './provider.ts';

type Nested = 'amount' | 'handles' | 'captured' | 'method';
export type AttemptRow = Omit<Attempt, Nested> & {
  currency: string;
  amountMinor: bigint;
  customerReference: string | null;
  pageReference: string | null;
  paymentReference: string | null;
  capturedCurrency: string | null;
  capturedMinor: bigint | null;
  methodKind: MethodUsed['kind'] | null;
  methodBrand: string | null;
  methodLast4: string | null;
  methodExpires: string | null;
};

type OrderKey = { readonly slot: number; readonly accountId: bigint; readonly orderId: bigint };
const readAttemptRow = statement<AttemptKey, AttemptRow>(import.meta.dirname, 'read-attempt');
const lockAttemptRow = statement<AttemptKey, AttemptRow>(import.meta.dirname, 'lock-attempt');
const findAttemptRow = statement<{ slot: number; attemptId: bigint }, AttemptRow>(import.meta.dirname, 'find-attempt');
const orderRows = statement<OrderKey, AttemptRow>(import.meta.dirname, 'attempts-of-order');
const dueRows = statement<{ transportNow: Date; limitRows: number }, AttemptRow>(import.meta.dirname, 'attempts-due');
const findPayment = statement<{ provider: string; paymentReference: string }, AttemptKey>(import.meta.dirname, 'find-payment');

/** The attempt as last committed; to decide, it is read again under its lock. */
export async function readAttempt(queries: Queries, { slot, accountId, attemptId }: AttemptKey): Promise<Attempt | undefined> {
  const row = await queries.maybe(readAttemptRow, { slot, accountId, attemptId });
  return row && attemptFrom(row);
}

/** The attempt as it is once nobody else is recording what came of it: what `recordOutcome` starts from. */
export async function lockAttempt(tx: Transaction, { slot, accountId, attemptId }: AttemptKey): Promise<Attempt> {
  return attemptFrom(await tx.one(lockAttemptRow, { slot, accountId, attemptId }));
}

/** What a webhook is about: by our attempt's id (which carries the slot), else by the provider's id of the payment. */
export async function findAttempt(
  queries: Queries,
  by: { readonly attemptId?: bigint | undefined; readonly provider: string; readonly providerId?: string | undefined },
): Promise<Attempt | undefined> {
  if (by.attemptId !== undefined) {
    const row = await queries.maybe(findAttemptRow, { slot: slotOf(by.attemptId), attemptId: by.attemptId });
    if (row) return row.provider === by.provider ? attemptFrom(row) : undefined;
  }
  if (by.providerId === undefined) return undefined;
  const key = await queries.maybe(findPayment, { provider: by.provider, paymentReference: by.providerId });
  return key && readAttempt(queries, key);
}

/** An order's attempts, oldest first. */
export async function attemptsOfOrder(queries: Queries, { slot, accountId, orderId }: OrderKey): Promise<Attempt[]> {
  return (await queries.query(orderRows, { slot, accountId, orderId })).map(attemptFrom);
}

/** Attempts whose outcome the janitor is to ask for now, longest due first. */
export async function attemptsDueForAsking(queries: Queries, transportNow: Date, limitRows: number): Promise<Attempt[]> {
  return (await queries.query(dueRows, { transportNow, limitRows })).map(attemptFrom);
}

export function attemptFrom(row: AttemptRow): Attempt {
  const { currency, amountMinor, customerReference, pageReference, paymentReference, capturedCurrency, capturedMinor, ...more } = row;
  const { methodKind, methodBrand, methodLast4, methodExpires, ...rest } = more;
  return {
    ...rest,
    amount: { currency, minor: amountMinor },
    handles: { customer: customerReference ?? undefined, page: pageReference ?? undefined, payment: paymentReference ?? undefined },
    captured: capturedCurrency === null || capturedMinor === null ? null : { currency: capturedCurrency, minor: capturedMinor },
    method:
      methodKind === null
        ? null
        : { kind: methodKind, brand: methodBrand ?? undefined, last4: methodLast4 ?? undefined, expires: methodExpires ?? undefined },
  };
}
