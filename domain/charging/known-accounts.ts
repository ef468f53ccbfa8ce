/**
 * What one node knows of the accounts whose sessions it charges. Whoever locks an account counts its version up, and nobody changes
 * anything of an account without its lock: facts that were read or written under one version are what the rows say for as long
 * as the account has that version (decisions 0012 and 0013). So a request that follows the last one reads nothing.
 */
import type { UsableAllowance } from '#domain/allowances';
import type { Account } from '#domain/ledger';
import type { LineRow } from './read-facts.ts';
import type { Session } from './session.ts';

export type AccountFacts = {
  /** How often the account had been locked when all this was so. */
  readonly version: bigint;
  readonly account: Account;
  /** Those lines and open sessions that were asked for so far; not all. */
  readonly lines: readonly LineRow[];
  readonly sessions: readonly Session[];
  /** All that have not ended, and those that sessions hold of. */
  readonly allowances: readonly UsableAllowance[];
};

export type KnownAccounts = {
  of(accountId: bigint): AccountFacts | undefined;
  /** What was read, or was written and is committed. Of two versions the newer is kept, of one all lines and sessions that are known. */
  keep(facts: AccountFacts): void;
  /** Somebody else was there. */
  forget(accountId: bigint): void;
};

/** Some 4 KB each. */
const ACCOUNTS_MAX = 120_000;

/** Those that came first are forgotten first, and come again as the youngest. */
export function createKnownAccounts(accountsMax = ACCOUNTS_MAX): KnownAccounts {
  const known = new Map<bigint, AccountFacts>();
  return {
    of: (accountId) => known.get(accountId),
    keep(facts) {
      const { accountId } = facts.account;
      const before = known.get(accountId);
      if (before !== undefined && before.version > facts.version) return;
      // In its old place: taken out and put in again with every request, a map of this size would be made anew each ten seconds, in 25 ms.
      known.set(accountId, before?.version === facts.version ? both(before, facts) : facts);
      if (known.size > accountsMax) for (const eldest of known.keys()) return void known.delete(eldest);
    },
    forget: (accountId) => void known.delete(accountId),
  };
}

function both(one: AccountFacts, other: AccountFacts): AccountFacts {
  return {
    ...one,
    lines: [...one.lines.filter(({ lineId }) => !other.lines.some((line) => line.lineId === lineId)), ...other.lines],
    sessions: [
      ...one.sessions.filter(({ sessionId }) => !other.sessions.some((session) => session.sessionId === sessionId)),
      ...other.sessions,
    ],
  };
}
