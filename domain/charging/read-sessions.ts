/** Sessions as they are: how one began and ended is in its row, what it is in between is with its last request (decision 0014). */
import { type Queries, statement } from '#platform/database';
import type { ServiceKind } from './charging.ts';
import { decodeGroups, decodeState, type Session, type SessionGroup, type SessionKey } from './session.ts';

type AccountKey = { readonly slot: number; readonly accountId: bigint };
type LineKey = AccountKey & { readonly lineId: bigint };
type SessionRow = Omit<Session, 'groups' | 'step'> & { groups: unknown };
type LastRequest = { readonly sessionId: bigint; readonly step: number; readonly sessionAfter: unknown };
type Keys = { slots: number[]; accountIds: bigint[]; sessionIds: bigint[] };
const readSessionRows = statement<Keys, SessionRow>(import.meta.dirname, 'read-sessions');
const openOfLine = statement<LineKey, SessionRow>(import.meta.dirname, 'open-sessions-of-line');
const openOfAccount = statement<AccountKey, SessionRow>(import.meta.dirname, 'open-sessions-of-account');
const lastRequests = statement<Omit<Keys, 'slots'> & { beganOn: string }, LastRequest>(import.meta.dirname, 'last-requests');

export async function readSessions(queries: Queries, keys: readonly SessionKey[]): Promise<Map<bigint, Session>> {
  if (keys.length === 0) return new Map();
  const rows = await queries.query(readSessionRows, {
    slots: keys.map(({ slot }) => slot),
    accountIds: keys.map(({ accountId }) => accountId),
    sessionIds: keys.map(({ sessionId }) => sessionId),
  });
  return new Map((await asTheyAre(queries, rows)).map((session) => [session.sessionId, session]));
}

/** An open session, for those who tell the network of a change, and for people who look. */
export type OpenSession = SessionKey & {
  readonly peer: string;
  readonly reference: string;
  readonly notify: string | null;
  readonly kind: ServiceKind;
  readonly groups: readonly SessionGroup[];
  readonly beganAt: Date;
  readonly lastAt: Date;
};

/** Of one line, the eldest first. */
export async function openSessionsOfLine(queries: Queries, { slot, accountId, lineId }: LineKey): Promise<OpenSession[]> {
  return asTheyAre(queries, await queries.query(openOfLine, { slot, accountId, lineId }));
}

/** Of all lines of an account, the eldest first: what one buys may be shared. */
export async function openSessionsOfAccount(queries: Queries, { slot, accountId }: AccountKey): Promise<OpenSession[]> {
  return asTheyAre(queries, await queries.query(openOfAccount, { slot, accountId }));
}

/** Requests lie in a partition a day, so each day is asked for its own. */
async function asTheyAre(queries: Queries, rows: readonly SessionRow[]): Promise<Session[]> {
  const days = [...Map.groupBy(rows, ({ beganOn }) => beganOn)];
  const found = await Promise.all(
    days.map(([beganOn, begun]) => {
      const accountIds = begun.map(({ accountId }) => accountId);
      return queries.query(lastRequests, { accountIds, sessionIds: begun.map(({ sessionId }) => sessionId), beganOn });
    }),
  );
  const lastOf = new Map(found.flat().map((last) => [last.sessionId, last]));
  return rows.map((row) => {
    const last = lastOf.get(row.sessionId);
    const after = last?.sessionAfter ?? null;
    const state = row.state === 'closed' || after === null ? { groups: decodeGroups(row.groups) } : decodeState(after);
    return { ...row, step: last?.step ?? 0, ...state };
  });
}
