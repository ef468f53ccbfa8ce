/** What requests are decided from, read for many at once under the locks of their accounts. */
import type { UsableAllowance } from '#domain/allowances';
import type { Account } from '#domain/ledger';
import type { LineState } from '#domain/lines';
import { present } from '#platform/assert';
import { statement, type Transaction } from '#platform/database';
import { utcDay } from './days.ts';
import type { AccountFacts } from './known-accounts.ts';
import type { Located } from './locate-requests.ts';
import { decodeGroups, type Session, type SessionKey } from './session.ts';

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
type SessionRow = Omit<Session, 'groups'> & { groups: unknown };
type AllowanceRow = UsableAllowance & { accountId: bigint };
const lockAccountRows = statement<Keys, { accountId: bigint; version: bigint }>(import.meta.dirname, 'lock-accounts');
const readAccountRows = statement<Keys, Account>(import.meta.dirname, 'read-accounts');
const readSessionRows = statement<Keys & { sessionIds: bigint[] }, SessionRow>(import.meta.dirname, 'read-sessions');
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

/** In a statement of its own, before anything is read. The versions that the locks made, by account. */
export async function lockAccounts(tx: Transaction, keys: readonly AccountKey[]): Promise<Map<bigint, bigint>> {
  const rows = await tx.query(lockAccountRows, columnsOf(keys.toSorted((one, other) => (one.accountId < other.accountId ? -1 : 1))));
  return new Map(rows.map(({ accountId, version }) => [accountId, version]));
}

/**
 * Of accounts that are locked, by account: what their requests are decided from. `at` is business time, or before it: allowances
 * that ended since are read too.
 */
export async function readFacts(tx: Transaction, batch: readonly Located[], at: Date): Promise<Map<bigint, AccountFacts>> {
  if (batch.length === 0) return new Map();
  const going = batch.flatMap(({ slot, accountId, sessionId }) => (sessionId === null ? [] : [{ slot, accountId, sessionId }]));
  const keys = columnsOf(batch);
  const [accountRows, sessions, lineRows, allowanceRows] = await Promise.all([
    tx.query(readAccountRows, keys),
    readSessions(tx, going),
    tx.query(readLineRows, { ...keys, lineIds: batch.map(({ lineId }) => lineId) }),
    tx.query(readAllowanceRows, { ...keys, at }),
  ]);
  const accounts = new Map(accountRows.map((account) => [account.accountId, account]));
  const lines = new Map(lineRows.map((line) => [line.lineId, line]));
  const allowances = Map.groupBy(allowanceRows, ({ accountId }) => accountId);
  const factsOf = ({ accountId, lineId, sessionId }: Located): AccountFacts => {
    const session = sessionId === null ? undefined : sessions.get(sessionId);
    const line = lines.get(lineId);
    return {
      account: present(accounts.get(accountId), 'an account that was locked is there'),
      lines: line === undefined ? [] : [line],
      sessions: session === undefined ? [] : [session],
      allowances: allowances.get(accountId) ?? [],
    };
  };
  return new Map(batch.map((located) => [located.accountId, factsOf(located)]));
}

export async function readSessions(tx: Transaction, keys: readonly SessionKey[]): Promise<Map<bigint, Session>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.query(readSessionRows, { ...columnsOf(keys), sessionIds: keys.map(({ sessionId }) => sessionId) });
  return new Map(rows.map((row) => [row.sessionId, { ...row, groups: decodeGroups(row.groups) }]));
}

/** Of these requests' lines, those that somebody is about to buy for; asked for peers alone that are told so by a short validity. */
export async function readOpenPurchases(
  tx: Transaction,
  located: readonly Pick<Located, 'request' | keyof LineKey>[],
  at: Date,
): Promise<ReadonlySet<bigint>> {
  const asked = located.filter(({ request: { profile } }) => profile.validitySecondsBuying < profile.validitySecondsMax);
  if (asked.length === 0) return new Set();
  const rows = await tx.query(openPurchaseRows, { ...columnsOf(asked), lineIds: asked.map(({ lineId }) => lineId), at });
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
    ...{ beganAt: at, lastAt: at, checkAt: new Date(at.getTime() + request.profile.silentSeconds * 1000) },
    ...{ endedAt: null, endReason: null },
  };
}
