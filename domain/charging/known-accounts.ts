/**
 * What one node knows of the accounts it charged last. Whoever locks an account counts its version up, and nobody changes
 * anything of an account without its lock: facts that were read or written under one version are what the rows say for as long
 * as the next to lock finds the version after it (decision 0012). So a request that follows the last one reads nothing.
 */
import type { UsableAllowance } from '#domain/allowances';
import type { Account } from '#domain/ledger';
import type { LineRow } from './read-facts.ts';
import type { Session } from './session.ts';

export type AccountFacts = {
  readonly account: Account;
  /** Those lines and open sessions that were asked for so far; not all. */
  readonly lines: readonly LineRow[];
  readonly sessions: readonly Session[];
  /** All that have not ended, and those that sessions hold of. */
  readonly allowances: readonly UsableAllowance[];
};

export type KnownAccounts = {
  /** Undefined where somebody else has locked it since, or nothing is known of it. `version` is what the last to lock left. */
  at(accountId: bigint, version: bigint): AccountFacts | undefined;
  /** Once the transaction that locked it as `version` is committed. */
  keep(accountId: bigint, version: bigint, facts: AccountFacts): void;
};

/** Some 4 KB each. */
const ACCOUNTS_MAX = 120_000;

/** Those that were used longest ago are forgotten first. */
export function createKnownAccounts(accountsMax = ACCOUNTS_MAX): KnownAccounts {
  const known = new Map<bigint, { readonly version: bigint; readonly facts: AccountFacts }>();
  return {
    at(accountId, version) {
      const entry = known.get(accountId);
      return entry?.version === version ? entry.facts : undefined;
    },
    keep(accountId, version, facts) {
      // A map keeps the order in which its keys came: taken out and put in again, it is the youngest.
      known.delete(accountId);
      known.set(accountId, { version, facts });
      if (known.size > accountsMax) for (const eldest of known.keys()) return void known.delete(eldest);
    },
  };
}
