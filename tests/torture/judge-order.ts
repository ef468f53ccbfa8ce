/**
 * One order against everything its client knows. For each request that was not answered the set of allowed outcomes is
 * "done" and "not done"; whatever came of it must agree with all that was answered, and with the money outside.
 */
import { formatId } from '#platform/ids';
import { contentOf, mayHaveHappened, type OrderFacts, statesTold, TOOK_EFFECT } from './gather-facts.ts';
import type { BookedAllowances, BookedDocument, BookedOrder } from './read-books.ts';

/** A payment as the provider has it; both in minor units. */
export type OutsidePayment = { readonly id: string; readonly received: bigint; readonly refunded: bigint };

export type OrderCase = {
  readonly facts: OrderFacts;
  /** Undefined: we know of no such order. */
  readonly booked: BookedOrder | undefined;
  readonly documents: readonly BookedDocument[];
  readonly allowances: readonly BookedAllowances[];
  readonly smsCount: bigint;
  readonly payments: readonly OutsidePayment[];
  /** Allowances that each item must make, in their order; 0: it is money. */
  readonly parts: readonly number[];
};

/** What is wrong, in words; nothing when all is as it may be. */
export function judgeOrder(one: OrderCase): string[] {
  const { facts, booked } = one;
  const wrong: string[] = [...judgeAnswers(one)];
  if (booked === undefined) {
    if (facts.places.some(({ outcome }) => outcome === 'ok')) wrong.push('lost: it was placed, and is not there');
    if (one.payments.some((payment) => payment.received > 0n)) wrong.push('the provider has money for an order that is not there');
    return named(facts, wrong);
  }
  if (!facts.places.some(mayHaveHappened)) wrong.push('it is there, though every request to place it was refused');
  if (!['delivered', 'cancelled', 'refunded'].includes(booked.state)) wrong.push(`stuck: it is ${booked.state}`);
  wrong.push(...judgeEnd(one, booked), ...judgeMoney(one, booked), ...judgeEffect(one, booked));
  return named(facts, wrong);
}

function named({ order }: OrderFacts, wrong: readonly string[]): string[] {
  return wrong.map((what) => `${order}: ${what}`);
}

/** Same request, same answer. */
function* judgeAnswers({ facts, booked, documents }: OrderCase): Generator<string> {
  const told = statesTold(facts);
  if (told.some(({ order }) => order !== facts.order)) yield 'an answer was about another order';
  const receipts = new Set(told.flatMap(({ receipt }) => (receipt ? [receipt] : [])));
  const [receipt] = documents.filter(({ kind }) => kind === 'receipt');
  if (receipts.size > 1) yield `two receipts were told: ${[...receipts].join(', ')}`;
  if (receipts.size === 1 && !receipts.has(numberOf(receipt)))
    yield `the receipt that was told is not the receipt: ${[...receipts].join()}, ${numberOf(receipt)}`;
  const [first] = facts.places;
  for (const place of facts.places) {
    const isSame = first !== undefined && contentOf(place) === contentOf(first);
    if (!isSame && place.outcome === 'ok') yield 'the same key with other content was taken';
    if (isSame && place.outcome === 'fail' && booked !== undefined && booked.beganAt < place.at)
      yield `the same request again was refused (${place.refused}), though the order was there`;
  }
}

function numberOf(document: BookedDocument | undefined): string {
  if (document === undefined) return 'none';
  const { market, slot, kind, number } = document;
  return `${market}-${slot}-${kind === 'credit_note' ? 'C-' : ''}${String(number).padStart(6, '0')}`;
}

/** Paid means applied or given back, and only who asked for it is cancelled or refunded. */
function* judgeEnd({ facts, payments, documents }: OrderCase, { state, reason, appliedAt, tender }: BookedOrder): Generator<string> {
  const told = statesTold(facts).map((one) => one.state);
  const tookEffect = appliedAt !== null;
  const asked = (asks: readonly Parameters<typeof mayHaveHappened>[0][]) => asks.some(mayHaveHappened);
  const paidInFull = payments.some(({ received }) => received >= facts.quote.providerMinor);
  if (told.some((one) => TOOK_EFFECT.includes(one)) && !tookEffect) yield `lost: it was told to have taken effect, and is ${state}`;
  if (told.includes('cancelled') && tookEffect) yield 'it was told to be cancelled, and took effect';
  if (told.some((one) => one === 'refunded' || one === 'refunding') && state !== 'refunded')
    yield `it was told to be refunded, and is ${state}`;
  if (facts.cancels.some(({ outcome }) => outcome === 'fail') && state === 'cancelled') yield 'cancelling was refused, and it is cancelled';
  if (tookEffect && state === 'cancelled') yield 'it took effect and is cancelled';
  if (tookEffect && state === 'refunded' && !asked(facts.refunds)) yield 'it was refunded, and nobody asked for that';
  if (tookEffect && tender === 'provider' && !paidInFull) yield 'it took effect, and the provider has not got the money';
  if (tender === 'balance' && ![...facts.places, ...facts.pays].some((one) => mayHaveHappened(one) && one.ask.way.kind === 'balance'))
    yield 'it was paid from the balance, and nobody asked for that';
  if (!tookEffect && paidInFull && !asked(facts.cancels) && !asked(facts.pays)) yield `paid and not applied: it is ${state}, ${reason}`;
  if (state === 'cancelled' && reason !== 'not_paid' && !asked(facts.cancels))
    yield `it was cancelled (${reason}), and nobody asked for that`;
  yield* judgeRefunds({ facts, documents }, state);
}

function* judgeRefunds({ facts, documents }: Pick<OrderCase, 'facts' | 'documents'>, state: string): Generator<string> {
  const notes = documents.filter(({ kind }) => kind === 'credit_note');
  for (const note of notes)
    if (!facts.refunds.some((one) => one.ask.key === note.key && mayHaveHappened(one)))
      yield `a credit note for a refund that nobody asked for, or that was refused: ${note.key}`;
  for (const refund of facts.refunds) {
    if (refund.outcome !== 'ok') continue;
    const note = notes.find(({ key }) => key === refund.ask.key);
    if (note === undefined) yield `lost: the refund ${refund.ask.key} was told to be done`;
    else if (numberOf(note) !== refund.value.creditNote || note.totalMinor !== refund.value.amountMinor)
      yield `the credit note is not the one that was told: ${refund.ask.key}`;
    if (refund.ask.amountMinor === null && state !== 'refunded') yield `it was refunded whole, and is ${state}`;
  }
}

/** What the provider has kept for it is exactly what it costs, or nothing. */
function* judgeMoney({ facts, payments, documents }: OrderCase, { state, tender, totalMinor }: BookedOrder): Generator<string> {
  const { providerMinor, balanceMinor } = facts.quote;
  const price = tender === 'balance' ? balanceMinor : providerMinor;
  if (totalMinor !== price) yield `it costs ${totalMinor}, and was quoted at ${price}`;
  const kept = payments.reduce((sum, { received, refunded }) => sum + received - refunded, 0n);
  const returned = documents.filter(({ kind }) => kind === 'credit_note').reduce((sum, note) => sum + note.totalMinor, 0n);
  const due = state === 'delivered' && tender === 'provider' ? providerMinor - returned : 0n;
  if (kept !== due) yield `the provider has kept ${kept} for it, and ${due} is right (${state}, ${tender})`;
  const keeping = payments.filter(({ received, refunded }) => received > refunded);
  if (keeping.length > 1) yield `doubled: ${keeping.length} payments were kept`;
}

/** One receipt, one set of allowances, one message for each effect; none without. */
function* judgeEffect({ documents, allowances, smsCount, parts }: OrderCase, { state, appliedAt, reason }: BookedOrder): Generator<string> {
  const times = appliedAt === null ? 0 : 1;
  const receipts = documents.filter(({ kind }) => kind === 'receipt').length;
  if (receipts !== times) yield `it has ${receipts} receipts, and took effect ${times} times (${state}, ${reason})`;
  if (smsCount !== BigInt(times)) yield `its effect was told ${smsCount} times, and is one or none: ${times}`;
  for (const [itemNo, count] of parts.entries()) {
    const made = allowances.find((one) => one.itemNo === itemNo) ?? { count: 0n, withdrawn: 0n };
    if (made.count !== BigInt(count * times)) yield `item ${itemNo} made ${made.count} allowances, and ${count * times} is right`;
    const withdrawn = state === 'refunded' ? made.count : 0n;
    if (made.withdrawn !== withdrawn)
      yield `item ${itemNo}: ${made.withdrawn} allowances were withdrawn, and ${withdrawn} is right (${state})`;
  }
}

export function writtenOrder({ orderId }: { readonly orderId: bigint }): string {
  return formatId('ord', orderId);
}
