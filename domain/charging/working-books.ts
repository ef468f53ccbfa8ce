/**
 * What one request may take from, as it stands while the request is decided: allowances and money are taken from copies,
 * and what came of it is written at the end. Under the account's lock, so nobody else moves them meanwhile.
 */
import { isShareOf, moved, type Pair, type UsableAllowance } from '#domain/allowances';
import { type Account, available } from '#domain/ledger';
import { assert, present } from '#platform/assert';

export type AllowanceChange = {
  readonly allowanceId: bigint;
  readonly used: bigint;
  readonly reserved: bigint;
  /** The line is capped: the same moves its share. */
  readonly ofShare: boolean;
};

export type WorkingBooks = {
  /** As they stand now. */
  allowances(): readonly UsableAllowance[];
  has(allowanceId: bigint): boolean;
  use(pairs: readonly Pair[]): void;
  reserve(pairs: readonly Pair[]): void;
  release(allowanceId: bigint, quantity: bigint): void;
  /** What money is there, apart from what sessions and orders hold. */
  readonly moneyMinor: bigint;
  /** The same with what they hold: it may come back. */
  readonly ownedMinor: bigint;
  /** What the session held comes back before it is decided anew. */
  unholdMoney(minor: bigint): void;
  holdMoney(minor: bigint): void;
  payMoney(minor: bigint): void;
  /** Of those that changed, by id: the order in which rows are locked. */
  changes(): readonly AllowanceChange[];
};

/** `lineId`: whose request it is, and so whose share of what is shared it takes. */
export function openBooks(account: Account, read: readonly UsableAllowance[], lineId: bigint): WorkingBooks {
  let current: readonly UsableAllowance[] = read;
  let moneyMinor = available(account).minor;
  let ownedMinor = moneyMinor + account.heldMinor;
  const take = (minor: bigint) => {
    moneyMinor -= minor;
    assert(moneyMinor >= 0n || minor === 0n, 'money is never taken that is not there (L5)');
  };
  const change = (allowanceId: bigint, used: bigint, reserved: bigint) => {
    const index = current.findIndex((allowance) => allowance.allowanceId === allowanceId);
    const allowance = present(current[index], 'what is taken from was read');
    const after = moved(allowance, lineId, { used, reserved });
    assert(after.reserved >= 0n && after.used >= 0n, 'nothing is given back that was not held (G4)');
    assert(
      after.granted === null || after.used + after.reserved + after.forfeited <= after.granted,
      'reserved over all sessions is at most what can pay (G2)',
    );
    current = current.with(index, after);
  };
  return {
    allowances: () => current,
    has: (allowanceId) => read.some((allowance) => allowance.allowanceId === allowanceId),
    use: (pairs) => {
      for (const { allowanceId, quantity } of pairs) change(allowanceId, quantity, 0n);
    },
    reserve: (pairs) => {
      for (const { allowanceId, quantity } of pairs) change(allowanceId, 0n, quantity);
    },
    release: (allowanceId, quantity) => change(allowanceId, 0n, -quantity),
    get moneyMinor() {
      return moneyMinor;
    },
    get ownedMinor() {
      return ownedMinor;
    },
    unholdMoney(minor) {
      moneyMinor += minor;
    },
    holdMoney: take,
    payMoney(minor) {
      take(minor);
      ownedMinor -= minor;
    },
    changes: () => changesBetween(read, current, lineId),
  };
}

/** The same allowances in the same order; what is the same object was not touched. */
function changesBetween(before: readonly UsableAllowance[], after: readonly UsableAllowance[], lineId: bigint): AllowanceChange[] {
  const changes: AllowanceChange[] = [];
  for (const [index, { allowanceId, used, reserved }] of after.entries()) {
    const was = present(before[index], 'an allowance was read');
    if (used !== was.used || reserved !== was.reserved)
      changes.push({ allowanceId, used: used - was.used, reserved: reserved - was.reserved, ofShare: isShareOf(was, lineId) });
  }
  return changes.sort((one, other) => (one.allowanceId < other.allowanceId ? -1 : 1));
}
