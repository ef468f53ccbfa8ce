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

export class WorkingBooks {
  readonly #read: readonly UsableAllowance[];
  readonly #lineId: bigint;
  #allowances: readonly UsableAllowance[];
  #moneyMinor: bigint;
  #ownedMinor: bigint;

  /** `lineId`: whose request it is, and so whose share of what is shared it takes. */
  constructor(account: Account, read: readonly UsableAllowance[], lineId: bigint) {
    this.#read = read;
    this.#lineId = lineId;
    this.#allowances = read;
    this.#moneyMinor = available(account).minor;
    this.#ownedMinor = this.#moneyMinor + account.heldMinor;
  }

  /** As they stand now. */
  allowances(): readonly UsableAllowance[] {
    return this.#allowances;
  }

  has(allowanceId: bigint): boolean {
    return this.#read.some((allowance) => allowance.allowanceId === allowanceId);
  }

  use(pairs: readonly Pair[]): void {
    for (const { allowanceId, quantity } of pairs) this.#change(allowanceId, quantity, 0n);
  }

  reserve(pairs: readonly Pair[]): void {
    for (const { allowanceId, quantity } of pairs) this.#change(allowanceId, 0n, quantity);
  }

  release(allowanceId: bigint, quantity: bigint): void {
    this.#change(allowanceId, 0n, -quantity);
  }

  /** What money is there, apart from what sessions and orders hold. */
  get moneyMinor(): bigint {
    return this.#moneyMinor;
  }

  /** The same with what they hold: it may come back. */
  get ownedMinor(): bigint {
    return this.#ownedMinor;
  }

  /** What the session held comes back before it is decided anew. */
  unholdMoney(minor: bigint): void {
    this.#moneyMinor += minor;
  }

  holdMoney(minor: bigint): void {
    this.#moneyMinor -= minor;
    assert(this.#moneyMinor >= 0n || minor === 0n, 'money is never taken that is not there (L5)');
  }

  payMoney(minor: bigint): void {
    this.holdMoney(minor);
    this.#ownedMinor -= minor;
  }

  /** Of those that changed, by id: the order in which rows are locked. */
  changes(): readonly AllowanceChange[] {
    return changesBetween(this.#read, this.#allowances, this.#lineId);
  }

  #change(allowanceId: bigint, used: bigint, reserved: bigint): void {
    const index = this.#allowances.findIndex((allowance) => allowance.allowanceId === allowanceId);
    const allowance = present(this.#allowances[index], 'what is taken from was read');
    const after = moved(allowance, this.#lineId, { used, reserved });
    assert(after.reserved >= 0n && after.used >= 0n, 'nothing is given back that was not held (G4)');
    assert(
      after.granted === null || after.used + after.reserved + after.forfeited <= after.granted,
      'reserved over all sessions is at most what can pay (G2)',
    );
    this.#allowances = this.#allowances.with(index, after);
  }
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
