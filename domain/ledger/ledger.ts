import type { Money } from '#domain/money';

/** The billing unit: one currency for ever, one running balance. Its row is what use cases lock. */
export type Account = {
  readonly slot: number;
  readonly accountId: bigint;
  readonly currency: string;
  readonly balanceMinor: bigint;
  readonly heldMinor: bigint;
  readonly creditLimitMinor: bigint;
  /** Business time of its last change: time under its lock never goes behind it. */
  readonly touchedAt: Date;
};

export type AccountKey = { readonly slot: number; readonly accountId: bigint };

/** The account's own running balance; every other name is a house or boundary account without a limit. */
export const BALANCE = 'balance';

/** One side of a transaction: `name` gains `amount` (or gives it, when negative). */
export type Leg = { readonly name: string; readonly amount: Money };

export type Posting = {
  readonly transactionId: bigint;
  /** What kind of thing happened, in the caller's words. */
  readonly kind: string;
  /** Unique per account and kind: one intent, one effect (L3). */
  readonly reference: string;
  readonly legs: readonly Leg[];
  readonly effectiveAt: Date;
  readonly recordedAt: Date;
};

/** What can be spent: balance and credit limit, less what is held. */
export function available(account: Account): Money {
  return { currency: account.currency, minor: account.balanceMinor + account.creditLimitMinor - account.heldMinor };
}

/** Business time under the account's lock: never behind what the account has already seen. */
export function instantUnder(account: Account, businessNow: Date): Date {
  return businessNow > account.touchedAt ? businessNow : account.touchedAt;
}
