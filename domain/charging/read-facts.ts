/** What requests are decided from, read for many at once. */
import type { UsableAllowance } from '#domain/allowances';
import type { Account } from '#domain/ledger';
import type { LineState } from '#domain/lines';
import { type Queries, statement, type Transaction } from '#platform/database';
import { utcDay } from './days.ts';
import type { AccountFacts } from './known-accounts.ts';
import type { Located } from './locate-requests.ts';
import { readSessions } from './read-sessions.ts';
import type { Session, SessionKey } from './session.ts';

type Keys = { slots: number[]; accountIds: bigint[] };
type LineKey = { readonly slot: number; readonly accountId: bigint; readonly lineId: bigint };
type AccountKey = { readonly slot: number; readonly accountId: bigint };
export type LineRow = {
  readonly slot: number;
  readonly accountId: bigint;
  readonly lineId: bigint;
  readonly state: LineState;
  readonly market: string;
  readonly planCode: string | null;
  readonly planVersion: number | null;
  readonly dueAt: Date | null;
};
type AllowanceRow = UsableAllowance & { accountId: bigint };
const readVersions = statement<Keys, Account & { version: bigint }>(import.meta.dirname, 'read-versions');
const readLineRows = statement<Keys & { lineIds: bigint[] }, LineRow>(import.meta.dirname, 'read-lines');
const readAllowanceRows = statement<Keys & { at: Date }, AllowanceRow>(import.meta.dirname, 'read-allowances');
const openPurchaseRows = statement<Keys & { lineIds: bigint[]; at: Date }, { lineId: bigint }>(import.meta.dirname, 'open-purchases');
const readHeldRows = statement<AccountKey & { allowanceIds: bigint[]; at: Date }, AllowanceRow>(
  import.meta.dirname,
  'read-held-allowances',
);

export type RequestKey = SessionKey & { readonly key: string; readonly beganOn: string };
const readRequestRow = statement<RequestKey, { contentHash: Buffer; answer: unknown }>(import.meta.dirname, 'read-request');

/** What a request was answered, if it came before (G1). */
export function readRequest(tx: Transaction, key: RequestKey): Promise<{ contentHash: Buffer; answer: unknown } | undefined> {
  return tx.maybe(readRequestRow, key);
}

/**
 * By account: what their requests are decided from, of one version: read before the rest and after it. An account that somebody locked in
 * between is left out. `at` is business time, or before it: allowances that ended since are read too.
 */
export async function readFacts(queries: Queries, requests: readonly Located[], at: Date): Promise<Map<bigint, AccountFacts>> {
  if (requests.length === 0) return new Map();
  const byAccount = Map.groupBy(requests, ({ accountId }) => accountId);
  const keys = columnsOf([...byAccount.values()].flatMap(([first]) => first ?? []));
  const going = requests.flatMap(({ slot, accountId, sessionId }) => (sessionId === null ? [] : [{ slot, accountId, sessionId }]));
  const [accountRows, sessions, lineRows, allowanceRows] = await Promise.all([
    queries.query(readVersions, keys),
    readSessions(queries, going),
    queries.query(readLineRows, { ...columnsOf(requests), lineIds: requests.map(({ lineId }) => lineId) }),
    queries.query(readAllowanceRows, { ...keys, at }),
  ]);
  const lastRows = await queries.query(readVersions, keys);
  const versions = new Map(lastRows.map(({ accountId, version }) => [accountId, version]));
  const lines = new Map(lineRows.map((line) => [line.lineId, line]));
  const allowances = Map.groupBy(allowanceRows, ({ accountId }) => accountId);
  // A refund's account was named by the peer: there may be none.
  const unmoved = accountRows.filter(({ accountId, version }) => version === versions.get(accountId));
  return new Map(
    unmoved.map(({ version, ...account }) => {
      const { accountId } = account;
      const of = byAccount.get(accountId) ?? [];
      const facts: AccountFacts = {
        version,
        account,
        lines: [...new Set(of.map(({ lineId }) => lineId))].flatMap((lineId) => lines.get(lineId) ?? []),
        sessions: [...new Set(of.map(({ sessionId }) => sessionId))].flatMap((sessionId) => sessions.get(sessionId ?? 0n) ?? []),
        allowances: allowances.get(accountId) ?? [],
      };
      return [accountId, facts];
    }),
  );
}

/** Of these requests' lines, those that somebody is about to buy for; asked for peers alone that are told so by a short validity. */
export async function readOpenPurchases(
  queries: Queries,
  located: readonly Pick<Located, 'request' | keyof LineKey>[],
  at: Date,
): Promise<ReadonlySet<bigint>> {
  const asked = located.filter(({ request: { profile } }) => profile.validitySecondsBuying < profile.validitySecondsMax);
  if (asked.length === 0) return new Set();
  const rows = await queries.query(openPurchaseRows, { ...columnsOf(asked), lineIds: asked.map(({ lineId }) => lineId), at });
  return new Set(rows.map(({ lineId }) => lineId));
}

/** What has ended, or was taken back, while the session holds of it. */
export async function readHeldAllowances(tx: Transaction, { slot, accountId, groups }: Session, at: Date): Promise<UsableAllowance[]> {
  const allowanceIds = groups.flatMap(({ held }) => held.map(([allowanceId]) => allowanceId));
  return allowanceIds.length === 0 ? [] : tx.query(readHeldRows, { slot, accountId, allowanceIds, at });
}

function columnsOf(keys: readonly AccountKey[]): Keys {
  return { slots: keys.map(({ slot }) => slot), accountIds: keys.map(({ accountId }) => accountId) };
}

/** What a session is before its first request is decided. */
export function newSession({ request, slot, accountId, lineId }: Located, sessionId: bigint, at: Date): Session {
  const { peer, reference, kind } = request;
  return {
    ...{ slot, accountId, sessionId, lineId, peer, reference, kind },
    beganOn: utcDay(at),
    notify: request.notify ?? null,
    visitedNetwork: request.visitedNetwork ?? null,
    destination: request.destination ?? null,
    state: 'open',
    lastNumber: -1n,
    groups: [],
    step: 0,
    ...{ beganAt: at, lastAt: at, checkAt: new Date(at.getTime() + request.profile.silentSeconds * 1000) },
    ...{ endedAt: null, endReason: null },
  };
}
