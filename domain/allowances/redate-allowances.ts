/**
 * A queued plan follows the end of the present one, which a renewal may move, or begins at exhaustion. Its allowances
 * move with it. What has begun keeps its dates: nobody's paid days are ever shortened here.
 */
import { assert } from '#platform/assert';
import { statement, type Transaction } from '#platform/database';
import type { OrderItemKey, Starts } from './allowance.ts';

export type Redate = OrderItemKey & {
  readonly validFrom: Date;
  readonly validUntil: Date;
  /** What has begun by this instant keeps its dates. */
  readonly at: Date;
};

type Redated = { allowanceId: bigint };
const redateRows = statement<Redate & { starts: Starts | null }, Redated>(import.meta.dirname, 'redate-allowances');

/**
 * Moves the waiting allowances of an order's item to other dates; gives how many moved. Under the account's lock;
 * repeatable, and one statement sent at once.
 */
export async function redateAllowances(tx: Transaction, redate: Redate): Promise<number> {
  return move(tx, { ...redate, starts: null });
}

/** Begins a queued item at exhaustion: its `on_exhaustion` allowances become usable at `at`. Gives how many; 0 when it has begun. */
export async function startEarly(tx: Transaction, start: OrderItemKey & { at: Date; validUntil: Date }): Promise<number> {
  return move(tx, { ...start, validFrom: start.at, starts: 'on_exhaustion' });
}

async function move(tx: Transaction, redate: Redate & { starts: Starts | null }): Promise<number> {
  assert(redate.validFrom < redate.validUntil, 'an allowance begins before it ends');
  return (await tx.query(redateRows, redate)).length;
}
