/**
 * What must hold at the end of every test, whatever happened in it (reliability.md): our books against themselves, and
 * against the simulator's, which it tells alone. Run it when the dust has settled: `open` says what may be under way.
 */
import assert from 'node:assert/strict';
import { reconcileAllowances } from '#domain/allowances';
import { reconcileChargingOfAll, reconcileSharesOfAll } from '#domain/charging';
import { findUnreconciled } from '#domain/ledger';
import { ORDER_LIFECYCLE } from '#domain/orders';
import { formatId } from '#platform/ids';
import type { PaymentSimulator } from '#simulators/payment-provider';
import * as books from './read-books.ts';
import type { TestHouse } from './test-house.ts';

export type Open = {
  /** Payments and refunds may still be asked about. */
  readonly underWay?: boolean;
  /** Amounts owed to payers whose refund the provider gave up on, by currency. */
  readonly owed?: Readonly<Record<string, bigint>>;
};

type Books = Awaited<ReturnType<typeof readBooks>>;
type SimulatorState = ReturnType<PaymentSimulator['state']>;

async function readBooks({ database }: Pick<TestHouse, 'database'>) {
  const [orders, attempts, refunds, named, postings, holds, numbers, receipts, events, grants] = await Promise.all([
    books.readOrders(database),
    books.readAttempts(database),
    books.readRefunds(database),
    books.readNamed(database),
    books.readPostings(database),
    books.readHolds(database),
    books.readNumbers(database),
    books.readReceipts(database),
    books.readEvents(database),
    books.readGrants(database),
  ]);
  return { orders, attempts, refunds, named, postings, holds, numbers, receipts, events, grants };
}

/** Throws what does not hold, in words. */
export async function checkInvariants(house: Pick<TestHouse, 'database' | 'simulator'>, open: Open = {}): Promise<void> {
  const { database, simulator } = house;
  assert.equal(await books.readRole(database), 'everline_app', 'tests run as the program does');
  assert.deepEqual(await books.readAppendOnlyRights(database), [], 'L2: the program may not change what is append-only');
  assert.deepEqual(await books.readMisplaced(database), [], 'every row lies in the slot of its account');
  assert.deepEqual(await findUnreconciled(database), [], 'L4, L6: balances equal postings, held equals open holds');
  assert.deepEqual(await books.readUnbalanced(database), [], 'L1: the legs of each posting sum to zero in every unit');
  for (const { slot } of await books.readSlots(database))
    assert.deepEqual(await reconcileAllowances(database, { slot }), [], 'allowances equal their postings');
  assert.deepEqual(await reconcileChargingOfAll(database), [], 'G2, G3: what requests posted and sessions hold is what allowances say');
  assert.deepEqual(await reconcileSharesOfAll(database), [], 'a capped line’s share is what it used and holds');
  assert.deepEqual(
    await books.readChargedMoney(database),
    [],
    'G2, G3: what requests took of money and sessions hold is what the ledger says',
  );
  assert.deepEqual(await books.readToldTwice(database), [], 'O1: nobody is told twice of one thing by one way');
  const read = await readBooks(house);
  const state = simulator.state(-1);
  checkNumbers(read);
  checkOrders(read, open);
  checkPayments(read, state, open);
  checkBoundary(read, state, open);
}

/** Receipts and credit notes are numbered 1, 2, 3 … within market, slot and kind. */
function checkNumbers({ numbers }: Books): void {
  for (const { first, last, count, counter, ...series } of numbers)
    assert.deepEqual(
      { first, last, counter },
      { first: 1n, last: count, counter: count },
      `numbers without gaps: ${JSON.stringify(series)}`,
    );
}

function checkOrders({ orders, postings, holds, receipts, events, grants, attempts, refunds }: Books, { underWay, owed }: Open): void {
  const countOf = (rows: readonly { readonly orderId: bigint; readonly count: bigint }[], orderId: bigint) =>
    rows.find((row) => row.orderId === orderId)?.count ?? 0n;
  for (const order of orders) {
    const written = formatId('ord', order.orderId);
    const tookEffect = order.appliedAt !== null;
    const sales = postings.find((row) => row.kind === 'sale' && row.reference === written)?.count ?? 0n;
    assert.ok(sales <= 1n, `P1: ${written} is booked once`);
    assert.equal(
      sales === 1n,
      tookEffect && order.totalMinor > 0n,
      `P1: ${written} (${order.state}) is booked if and only if it took effect`,
    );
    assert.equal(
      countOf(receipts, order.orderId),
      tookEffect ? 1n : 0n,
      `${written} (${order.state}) has a receipt if and only if it took effect`,
    );
    const applied = events.find((row) => row.kind === 'orders.applied' && row.orderId === order.orderId);
    assert.equal(applied?.count ?? 0n, tookEffect ? 1n : 0n, `O1: ${written} tells of its effect once`);
    const hold = holds.find((row) => row.reference === written);
    assert.ok(hold?.state !== 'held' || order.state === 'placed', `L6: the hold of ${written} (${order.state}) has ended`);
    if (hold?.state === 'settled') assert.ok(tookEffect && order.tender === 'balance', `L6: what was held for ${written} paid for it`);
    if (!tookEffect)
      assert.equal(grants.filter((row) => row.orderId === order.orderId).length, 0, `P1: ${written} (${order.state}) granted nothing`);
    if (order.tender === 'provider' && tookEffect) assert.notEqual(order.paidByAttemptId, null, `${written} knows what paid it`);
    if (order.state === 'placed') assert.notEqual(order.lookAt, null, `${written} is looked after as long as it is open`);
    if (underWay !== true) {
      const giving = refunds.some((row) => row.orderId === order.orderId && row.state === 'failed') && owed !== undefined;
      const ends =
        order.state === 'delivered' || order.state === 'cancelled' || order.state === 'refunded' || (giving && order.state === 'refunding');
      assert.ok(ends, `P5: ${written} has come to an end, not ${order.state}`);
      assert.equal(applied?.undelivered ?? 0n, 0n, `O1: the effect of ${written} was delivered`);
    }
    assert.ok(order.state in ORDER_LIFECYCLE);
  }
  const live = attempts.filter((one) => ['started', 'pending', 'unknown'].includes(one.state) && one.supersededAt === null);
  for (const { orderId } of live) assert.equal(live.filter((one) => one.orderId === orderId).length, 1, 'P2: one live attempt an order');
}

/** P1, P3: each capture at the provider is one effect or one way back, and neither twice. */
function checkPayments({ orders, attempts, refunds }: Books, state: SimulatorState, { underWay, owed }: Open): void {
  for (const payment of state.payments.filter((one) => one.received > 0)) {
    const written = payment.metadata['everline_attempt'] ?? '';
    const attempt = attempts.find((one) => formatId('att', one.attemptId) === written);
    assert.ok(attempt, `P1: the capture ${payment.id} is of an attempt we know`);
    const captured = ofProvider(payment.received, payment.currency);
    if (attempt.state !== 'succeeded') {
      assert.ok(underWay === true, `P1: the capture ${written} is recorded, not ${attempt.state}`);
      continue;
    }
    assert.equal(attempt.capturedMinor, captured, `P1: ${written} captured what the provider says`);
    const order = orders.find((one) => one.orderId === attempt.orderId);
    assert.ok(order);
    const own = refunds.filter((one) => one.attemptId === attempt.attemptId);
    const given = sum(own.filter((one) => one.state !== 'failed').map((one) => one.amountMinor));
    assert.ok(given <= captured, `P3: ${written} gives back no more than it took`);
    assert.equal(attempt.refundingMinor, given, `P3: ${written} knows what it gives back`);
    const disputed = state.disputes.some((one) => one.paymentId === payment.id && one.status !== 'won');
    if (order.paidByAttemptId === attempt.attemptId)
      assert.ok(captured - sumOf(own, 'excess') >= order.totalMinor, `P1: ${written} paid for all of its order`);
    else if (owed === undefined && !disputed) assert.equal(given, captured, `P1: ${written} paid for nothing and goes back whole`);
    if (underWay !== true && owed === undefined)
      assert.equal(ofProvider(payment.refunded, payment.currency), given, `P3: the provider gave back for ${written} what we say`);
  }
  const captures = state.payments.filter((one) => one.received > 0).length;
  assert.equal(
    new Set(state.payments.filter((one) => one.received > 0).map((one) => one.metadata['everline_attempt'])).size,
    captures,
    'P1: an attempt captures once',
  );
}

/** L8: what came in and went out through the provider is what the provider says; what is owed back comes to nothing. */
function checkBoundary({ named, refunds }: Books, state: SimulatorState, { underWay, owed = {} }: Open): void {
  for (const unit of new Set(named.map((one) => one.unit)))
    assert.equal(sum(named.filter((one) => one.unit === unit).map((one) => one.amount)), 0n, `L8: all ${unit} together are nothing`);
  const amountOf = (name: string, unit: string) => named.find((one) => one.name === name && one.unit === unit)?.amount ?? 0n;
  for (const [code, total] of Object.entries(state.totals)) {
    const unit = code.toUpperCase();
    const disputed = sum(
      state.disputes.filter((one) => one.currency === code && one.status !== 'won').map((one) => ofProvider(one.amount, code)),
    );
    const atProvider = ofProvider(total.captured - total.refunded, code) - disputed;
    if (underWay !== true)
      assert.equal(-amountOf('boundary.stripe', unit), atProvider, `L8: ${unit} at the provider is what the provider says`);
    const onItsWay = sum(
      refunds.filter((one) => one.currency === unit && ['started', 'pending', 'unknown'].includes(one.state)).map((one) => one.amountMinor),
    );
    assert.equal(amountOf('clearing.refund', unit), onItsWay + (owed[unit] ?? 0n), `L8: ${unit} owed back is what is on its way back`);
    if (underWay !== true) assert.equal(onItsWay, 0n, `L8: no refund in ${unit} is under way any more`);
  }
}

/** The simulator counts in Stripe's units: the same as ours for USD, JPY and KWD. */
function ofProvider(amount: number, _currency: string): bigint {
  return BigInt(amount);
}

function sumOf(refunds: readonly books.BookedRefund[], key: string): bigint {
  return sum(refunds.filter((one) => one.key === key && one.state !== 'failed').map((one) => one.amountMinor));
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
