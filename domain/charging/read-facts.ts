/** What requests are decided from, read for many at once under the locks of their accounts. */
import type { UsableAllowance } from '#domain/allowances';
import type { Account } from '#domain/ledger';
import type { LineState } from '#domain/lines';
import { statement, type Transaction } from '#platform/database';
import type { ServiceKind } from './charging.ts';
import { utcDay } from './days.ts';
import type { Located } from './locate-requests.ts';
import { decodeGroups, type Session, type SessionKey } from './session.ts';

type Keys = { slots: number[]; accountIds: bigint[] };
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
const lockAccountRows = statement<Keys, Account>(import.meta.dirname, 'lock-accounts');
const readSessionRows = statement<Keys & { sessionIds: bigint[] }, SessionRow>(import.meta.dirname, 'read-sessions');
const readLineRows = statement<Keys & { lineIds: bigint[] }, LineRow>(import.meta.dirname, 'read-lines');
type AllowanceRow = UsableAllowance & { accountId: bigint };
const readAllowanceRows = statement<Keys & { lineIds: bigint[]; kinds: string[]; ats: Date[] }, AllowanceRow>(
  import.meta.dirname,
  'read-allowances',
);
const readHeldRows = statement<{ slot: number; accountId: bigint; allowanceIds: bigint[]; at: Date }, AllowanceRow>(
  import.meta.dirname,
  'read-held-allowances',
);

export type RequestKey = SessionKey & { readonly key: string; readonly beganOn: string };
const readRequestRow = statement<RequestKey, { contentHash: Buffer; answer: unknown }>(import.meta.dirname, 'read-request');

/** What a request was answered, if it came before (G1). */
export function readRequest(tx: Transaction, key: RequestKey): Promise<{ contentHash: Buffer; answer: unknown } | undefined> {
  return tx.maybe(readRequestRow, key);
}

/** In a statement of its own, before anything is read. */
export async function lockAccounts(tx: Transaction, keys: readonly { slot: number; accountId: bigint }[]): Promise<Map<bigint, Account>> {
  const rows = await tx.query(lockAccountRows, { slots: keys.map(({ slot }) => slot), accountIds: keys.map(({ accountId }) => accountId) });
  return new Map(rows.map((row) => [row.accountId, row]));
}

export async function readSessions(tx: Transaction, keys: readonly SessionKey[]): Promise<Map<bigint, Session>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.query(readSessionRows, {
    slots: keys.map(({ slot }) => slot),
    accountIds: keys.map(({ accountId }) => accountId),
    sessionIds: keys.map(({ sessionId }) => sessionId),
  });
  return new Map(rows.map((row) => [row.sessionId, { ...row, groups: decodeGroups(row.groups) }]));
}

type LineKey = { readonly slot: number; readonly accountId: bigint; readonly lineId: bigint };

export async function readLines(tx: Transaction, keys: readonly LineKey[]): Promise<Map<bigint, LineRow>> {
  const rows = await tx.query(readLineRows, columnsOf(keys));
  return new Map(rows.map((row) => [row.lineId, row]));
}

/** By account: those of services of the kind. `at` is business time under its lock. */
export async function readAllowances(
  tx: Transaction,
  keys: readonly (LineKey & { kind: ServiceKind; at: Date })[],
): Promise<Map<bigint, UsableAllowance[]>> {
  const rows = await tx.query(readAllowanceRows, {
    ...columnsOf(keys),
    kinds: keys.map(({ kind }) => kind),
    ats: keys.map(({ at }) => at),
  });
  return Map.groupBy(rows, ({ accountId }) => accountId);
}

/** What has ended, or was taken back, while the session holds of it. */
export async function readHeldAllowances(tx: Transaction, { slot, accountId, groups }: Session, at: Date): Promise<UsableAllowance[]> {
  const allowanceIds = groups.flatMap(({ held }) => held.map(([allowanceId]) => allowanceId));
  return allowanceIds.length === 0 ? [] : tx.query(readHeldRows, { slot, accountId, allowanceIds, at });
}

function columnsOf(keys: readonly LineKey[]) {
  return {
    slots: keys.map(({ slot }) => slot),
    accountIds: keys.map(({ accountId }) => accountId),
    lineIds: keys.map(({ lineId }) => lineId),
  };
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
