/**
 * The intention to pay is committed before the provider hears of it (architecture.md): whatever happens afterwards,
 * there is a row to ask about.
 */
import { assert } from '#platform/assert';
import { type Queries, statement, type Transaction } from '#platform/database';
import { slotOf } from '#platform/ids';
import type { Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import { readSavedMethod } from './keep-saved-methods.ts';
import { insertIntent, lockIntent } from './open-intent.ts';
import { type Attempt, type AttemptKey, type Intent, isLive, refundable } from './payment.ts';
import type { PaymentChoice } from './provider.ts';
import { attemptFrom, attemptsOfOrder } from './read-attempt.ts';
import { refuse } from './refusals.ts';
import { nextAskAt } from './schedule-asking.ts';

type NewAttempt = AttemptKey & {
  intentId: bigint;
  orderId: bigint;
  personId: bigint | null;
  provider: string;
  key: string;
  way: Attempt['way'];
  choice: PaymentChoice | null;
  saveMethod: boolean;
  savedMethodId: bigint | null;
  methodReference: string | null;
  currency: string;
  amountMinor: bigint;
  customerReference: string | null;
  startedAt: Date;
  askAt: Date;
};
const insertAttempt = statement<NewAttempt>(import.meta.dirname, 'insert-attempt');
const supersede = statement<AttemptKey & { transportAt: Date }>(import.meta.dirname, 'supersede-attempt');
const customerOfPerson = statement<{ slot: number; personId: bigint; provider: string }, { customerReference: string }>(
  import.meta.dirname,
  'customer-of-person',
);

export type AttemptMethod =
  | { readonly kind: 'page'; readonly provider: string; readonly choice?: PaymentChoice | undefined; readonly saveMethod: boolean }
  | { readonly kind: 'saved'; readonly savedMethodId: bigint };

export type AttemptStart = {
  readonly intent: Intent;
  readonly method: AttemptMethod;
  /** The caller's idempotency key within the intent. */
  readonly key: string;
  /** The customer was told that a late success of the open attempt will be refunded, and chose to pay again. */
  readonly supersede?: boolean | undefined;
  readonly transportAt: Date;
};

export type StartAttemptRefusal = Refusal<
  'payments.key_reused' | 'payments.attempt_open' | 'payments.already_paid' | 'payments.saved_method_unknown'
>;

/**
 * Starts an attempt to get the intent's amount; the same key gives the attempt that is there. At most one attempt of
 * an order is live: another is refused (`payments.attempt_open`) unless it is to be superseded. A superseded attempt
 * is still asked about, and its page is to be closed (`closeAttempt`) once this has committed.
 */
export async function startAttempt(
  tools: Pick<Tools, 'mintId'>,
  tx: Transaction,
  start: AttemptStart,
): Promise<Attempt | StartAttemptRefusal> {
  const { slot, accountId, personId } = start.intent;
  const [intent, attempts, payer] = await Promise.all([
    lockIntent(tx, start.intent),
    attemptsOfOrder(tx, start.intent),
    readPayer(tx, personId, start.method),
  ]);
  const before = attempts.find((attempt) => attempt.key === start.key);
  if (before) return isOf(before, start.method) ? before : refuse('payments.key_reused');
  if (attempts.some((attempt) => hasPaid(attempt, intent))) return refuse('payments.already_paid');
  const open = attempts.find((attempt) => isLive(attempt) && attempt.supersededAt === null);
  if (open && start.supersede !== true) return refuse('payments.attempt_open');
  const method = resolveMethod(start.method, attempts, payer);
  if (method === undefined) return refuse('payments.saved_method_unknown');
  if (open) tx.write(supersede, { slot, accountId, attemptId: open.attemptId, transportAt: start.transportAt });
  const row = newAttempt(tools, intent, method, start);
  tx.write(insertAttempt, row);
  return attemptOf(row);
}

export type FirstAttempt = Omit<AttemptStart, 'intent' | 'supersede'> & {
  readonly intent: Omit<Intent, 'intentId' | 'openedAt'>;
  /** From `readPayer`, in the same transaction. */
  readonly payer: Payer;
};

/**
 * Opens the intent and starts the attempt of an order that is placed in this very transaction: neither can be there yet, so
 * nothing is looked up.
 */
export function startFirstAttempt(
  tools: Pick<Tools, 'mintId'>,
  tx: Transaction,
  start: FirstAttempt,
): Attempt | Refusal<'payments.saved_method_unknown'> {
  assert(start.intent.amount.minor > 0n, 'an intent is of more than nothing');
  const method = resolveMethod(start.method, [], start.payer);
  if (method === undefined) return refuse('payments.saved_method_unknown');
  const { slot, accountId, orderId, personId, amount } = start.intent;
  const intentId = tools.mintId(slot);
  const row = newAttempt(tools, { ...start.intent, intentId }, method, start);
  const { currency, minor: amountMinor } = amount;
  tx.write(insertIntent, { slot, accountId, intentId, orderId, personId, currency, amountMinor, openedAt: start.transportAt });
  tx.write(insertAttempt, row);
  return attemptOf(row);
}

function newAttempt(
  tools: Pick<Tools, 'mintId'>,
  intent: Omit<Intent, 'openedAt'>,
  method: MethodColumns,
  { key, transportAt }: { key: string; transportAt: Date },
): NewAttempt {
  const { slot, accountId, intentId, orderId, personId, amount } = intent;
  return {
    ...{ slot, accountId, intentId, orderId, personId, key, ...method },
    attemptId: tools.mintId(slot),
    currency: amount.currency,
    amountMinor: amount.minor,
    startedAt: transportAt,
    askAt: nextAskAt(transportAt, transportAt),
  };
}

/** As it is read again: what `insert-attempt` leaves to the table's defaults is empty. */
function attemptOf(row: NewAttempt): Attempt {
  const empty = { pageReference: null, paymentReference: null, pageUrl: null, authenticationUrl: null, pageExpiresAt: null };
  const undecided = { capturedCurrency: null, capturedMinor: null, refundingMinor: 0n, disputedMinor: 0n, declineReason: null };
  const noMethod = { methodKind: null, methodBrand: null, methodLast4: null, methodExpires: null };
  return attemptFrom({ ...row, ...empty, ...undecided, ...noMethod, state: 'started', endedAt: null, supersededAt: null });
}

function isOf(attempt: Attempt, method: AttemptMethod): boolean {
  if (method.kind === 'saved') return attempt.way === 'saved' && attempt.savedMethodId === method.savedMethodId;
  const { provider, choice, saveMethod } = attempt;
  return attempt.way === 'page' && provider === method.provider && choice === (method.choice ?? null) && saveMethod === method.saveMethod;
}

/** A superseded success is on its way back to the payer, and so is what was captured below the total (reliability.md, Asking). */
function hasPaid(attempt: Attempt, intent: Intent): boolean {
  if (attempt.state !== 'succeeded' || attempt.supersededAt !== null) return false;
  const left = refundable(attempt);
  return left.currency === intent.amount.currency && left.minor >= intent.amount.minor;
}

type MethodColumns = Pick<
  NewAttempt,
  'provider' | 'way' | 'choice' | 'saveMethod' | 'savedMethodId' | 'methodReference' | 'customerReference'
>;

/** What is known of whoever pays: the saved method they chose, or their customer at the provider. */
export type Payer = {
  readonly personId: bigint | null;
  readonly saved: Awaited<ReturnType<typeof readSavedMethod>>;
  readonly customer: string | undefined;
};

export async function readPayer(queries: Queries, personId: bigint | null, method: AttemptMethod): Promise<Payer> {
  if (personId === null) return { personId, saved: undefined, customer: undefined };
  if (method.kind === 'saved')
    return { personId, saved: await readSavedMethod(queries, personId, method.savedMethodId), customer: undefined };
  const row = await queries.maybe(customerOfPerson, { slot: slotOf(personId), personId, provider: method.provider });
  return { personId, saved: undefined, customer: row?.customerReference };
}

function resolveMethod(
  method: AttemptMethod,
  attempts: readonly Attempt[],
  { personId, saved, customer }: Payer,
): MethodColumns | undefined {
  if (method.kind === 'saved') {
    if (saved === undefined) return undefined;
    const { provider, savedMethodId, reference: methodReference, customerReference } = saved;
    return { provider, way: 'saved', choice: null, saveMethod: false, savedMethodId, methodReference, customerReference };
  }
  const { provider, choice = null, saveMethod } = method;
  assert(!saveMethod || personId !== null, 'only a person has saved methods');
  const ofEarlier = attempts.find((attempt) => attempt.provider === provider && attempt.handles.customer !== undefined);
  const customerReference = (personId === null ? ofEarlier?.handles.customer : customer) ?? null;
  return { provider, way: 'page', choice, saveMethod, savedMethodId: null, methodReference: null, customerReference };
}
