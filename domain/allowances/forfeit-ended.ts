/**
 * What is left of an allowance at its end is forfeited (LIFE-2): posted so that the books say so, once. Nothing waits
 * for it: an allowance is not usable from its end on, whether this has run or not.
 */
import { statement, type Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import type { AccountKey, Service } from './allowance.ts';

export type Forfeit = {
  readonly allowanceId: bigint;
  readonly lineId: bigint | null;
  readonly orderId: bigint;
  readonly productCode: string;
  readonly productVersion: number;
  readonly service: Service;
  readonly quantity: bigint;
  /** The end of the allowance: since then it is lost. */
  readonly effectiveAt: Date;
};

type Ended = AccountKey & { lineId: bigint | null; at: Date };
export type ForfeitColumns = AccountKey & {
  reason: 'ended' | 'refunded';
  /** The refund; null at an end. */
  causeId: bigint | null;
  recordedAt: Date;
  forfeitIds: bigint[];
  allowanceIds: bigint[];
  quantities: bigint[];
  effectiveAts: Date[];
};
const lockEnded = statement<Ended>(import.meta.dirname, 'lock-ended');
const readEnded = statement<Ended, Forfeit>(import.meta.dirname, 'read-ended');
export const insertForfeits = statement<ForfeitColumns>(import.meta.dirname, 'insert-forfeits');
export const addForfeited = statement<AccountKey & { allowanceIds: bigint[]; quantities: bigint[] }>(import.meta.dirname, 'add-forfeited');

/**
 * Posts what is left, and not held by a charging session, of allowances that have ended by `at`: the line's own and the
 * shared, or the whole account's. Under the account's lock. Run again it finds only what sessions have given back since.
 */
export async function forfeitEnded(
  tools: Pick<Tools, 'mintId' | 'clock'>,
  tx: Transaction,
  ended: AccountKey & { lineId?: bigint; at: Date },
): Promise<Forfeit[]> {
  const { slot, accountId, at } = ended;
  const which = { slot, accountId, lineId: ended.lineId ?? null, at };
  const [, forfeits] = await Promise.all([tx.query(lockEnded, which), tx.query(readEnded, which)]);
  if (forfeits.length === 0) return [];
  const allowanceIds = forfeits.map((forfeit) => forfeit.allowanceId);
  const quantities = forfeits.map((forfeit) => forfeit.quantity);
  await Promise.all([
    tx.query(insertForfeits, {
      slot,
      accountId,
      reason: 'ended',
      causeId: null,
      recordedAt: tools.clock.transport(),
      forfeitIds: forfeits.map(() => tools.mintId(slot)),
      allowanceIds,
      quantities,
      effectiveAts: forfeits.map((forfeit) => forfeit.effectiveAt),
    }),
    tx.query(addForfeited, { slot, accountId, allowanceIds, quantities }),
  ]);
  return forfeits;
}
