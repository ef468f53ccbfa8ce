/**
 * What a line owns goes with it to another account: what is left is posted as gone in the one and granted in the other, in the same
 * transaction, so that in both remaining = granted − Σ pairs − forfeited goes on to hold. Ends, starts and products stay as sold.
 */
import { assert } from '#platform/assert';
import { statement, type Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import type { AccountKey, Allowance } from './allowance.ts';
import { addForfeited, insertForfeits } from './forfeit-ended.ts';
import { readAllowances } from './read-allowances.ts';
import { setLineCap } from './set-line-cap.ts';

type Some = AccountKey & { allowanceIds: bigint[] };
type Inserted = Omit<Allowance, 'partNo' | 'used' | 'reserved' | 'forfeited' | 'shares' | 'withdrawnAt'>;
const lockMoving = statement<Some>(import.meta.dirname, 'lock-moving');
const insertMoved = statement<Inserted>(import.meta.dirname, 'insert-moved-allowance');
const withdrawMoved = statement<Some & { at: Date }>(import.meta.dirname, 'withdraw-moved');

export type AllowancesToMove = {
  readonly from: AccountKey & { readonly lineId: bigint };
  readonly to: AccountKey & { readonly lineId: bigint };
  /** Also those that all lines of the account share: where no other line stays behind. */
  readonly withShared: boolean;
  readonly at: Date;
};

/** Under the locks of both accounts, with no charging session of the line open. Gives how many have moved. */
export async function moveAllowances(tools: Tools, tx: Transaction, { from, to, withShared, at }: AllowancesToMove): Promise<number> {
  const { slot, accountId, lineId } = from;
  // Who capped it did so for what the account shares that it leaves.
  setLineCap(tx, from, null);
  const owned = (await readAllowances(tx, { slot, accountId, lineId, at })).filter((one) => withShared || one.lineId !== null);
  const allowanceIds = owned.map(({ allowanceId }) => allowanceId);
  if (allowanceIds.length === 0) return 0;
  await tx.query(lockMoving, { slot, accountId, allowanceIds });
  const locked = (await readAllowances(tx, { slot, accountId, lineId, at })).filter(({ allowanceId }) =>
    allowanceIds.includes(allowanceId),
  );
  assert(
    locked.every(({ reserved }) => reserved === 0n),
    'what sessions held is given back before a line moves',
  );
  const left = locked.flatMap((one) => {
    const remaining = one.granted === null ? null : one.granted - one.used - one.forfeited;
    return remaining === 0n ? [] : [{ one, remaining }];
  });
  for (const { one, remaining } of left) tx.write(insertMoved, movedTo(tools, one, to, remaining, at));
  post(tools, tx, { slot, accountId, at }, left);
  tx.write(withdrawMoved, { slot, accountId, allowanceIds, at });
  return left.length;
}

type Left = { readonly one: Allowance; readonly remaining: bigint | null };

function movedTo(tools: Tools, one: Allowance, to: AllowancesToMove['to'], granted: bigint | null, at: Date): Inserted {
  const { orderId, itemNo, productCode, productVersion, market, service, zone, zeroRated, validFrom, validUntil, starts } = one;
  const { fullSpeedCap, used, lineId } = one;
  const fastLeft = fullSpeedCap === null || fullSpeedCap > used ? fullSpeedCap && fullSpeedCap - used : 0n;
  return {
    ...{ slot: to.slot, accountId: to.accountId, allowanceId: tools.mintId(to.slot), lineId: lineId === null ? null : to.lineId },
    ...{ orderId, itemNo, productCode, productVersion, market, service, zone, zeroRated, validFrom, validUntil, starts },
    ...{ granted, fullSpeedCap: fastLeft, createdAt: at },
  };
}

/** In this account it has ended, before its time. What is unlimited has no quantity to post: it ends by being withdrawn. */
function post(tools: Tools, tx: Transaction, of: AccountKey & { at: Date }, left: readonly Left[]): void {
  const limited = left.flatMap(({ one, remaining }) => (remaining === null ? [] : [{ allowanceId: one.allowanceId, quantity: remaining }]));
  if (limited.length === 0) return;
  const { slot, accountId, at } = of;
  const allowanceIds = limited.map(({ allowanceId }) => allowanceId);
  const quantities = limited.map(({ quantity }) => quantity);
  tx.write(insertForfeits, {
    ...{ slot, accountId, reason: 'ended', causeId: null, recordedAt: tools.clock.transport() },
    forfeitIds: limited.map(() => tools.mintId(slot)),
    ...{ allowanceIds, quantities, effectiveAts: limited.map(() => at) },
  });
  tx.write(addForfeited, { slot, accountId, allowanceIds, quantities });
}
