/**
 * Sessions that end without a request of their peer's: silent too long (G5), too old, begun before their peer restarted (G7),
 * or of a line that is no longer where it was. What they hold comes back; what is reported of them later is debited all the
 * same (charge-alone.ts). Each is ended once, under its account's lock.
 */
import { forfeitEnded, readAllowances } from '#domain/allowances';
import { type Account, dropExpiredHolds, instantUnder, lockAccount } from '#domain/ledger';
import { DAY_MS } from '#platform/clock';
import { type Queries, statement, type Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import { listPeers } from './keep-peers.ts';
import { moveMoney, SESSION_DAYS_MAX, withMoneyHeld } from './move-money.ts';
import { PROFILES } from './profiles.ts';
import { readHeldAllowances } from './read-facts.ts';
import { openSessionsOfLine, readSessions } from './read-sessions.ts';
import type { EndReason, Session, SessionKey } from './session.ts';
import { tellEnded } from './tell-ended.ts';
import { WorkingBooks } from './working-books.ts';
import { writeCharges } from './write-charges.ts';

/** Who is to be told that it is over, by those who hold the connection. */
export type EndedSession = Pick<Session, 'slot' | 'accountId' | 'sessionId' | 'lineId' | 'peer' | 'reference' | 'notify' | 'kind'> & {
  readonly reason: EndReason;
};

const sessionsToCheck = statement<{ at: Date; limitRows: number }, SessionKey>(import.meta.dirname, 'sessions-to-check');
const openSessionsOfPeer = statement<{ peer: string; before: Date; limitRows: number }, SessionKey>(
  import.meta.dirname,
  'open-sessions-of-peer',
);
const raiseOriginState = statement<{ originHost: string; originStateId: number }, { originHost: string }>(
  import.meta.dirname,
  'raise-origin-state',
);
const lookAgainAt = statement<SessionKey & { checkAt: Date }>(import.meta.dirname, 'look-again-at');

const BATCH_SESSIONS = 200;

/** Ends those that have fallen silent or grown too old; of the others it says when to look again. Repeatable, on any number of nodes. */
export async function endSilentSessions(tools: Tools): Promise<EndedSession[]> {
  const peers = new Map((await listPeers(tools.database)).map(({ originHost, profile }) => [originHost, profile]));
  const silentMsOf = ({ peer }: Session) => PROFILES[peers.get(peer.toLowerCase()) ?? 'standard'].silentSeconds * 1000;
  const read = (limitRows: number) => tools.database.query(sessionsToCheck, { at: tools.clock.transport(), limitRows });
  return endEach(read, (key) =>
    endOne(tools, key, (session, now) => {
      if (isTooOld(session, now)) return 'too_old';
      const silentAt = session.lastAt.getTime() + silentMsOf(session);
      if (silentAt <= now.getTime()) return 'silent';
      return new Date(Math.min(silentAt, oldAt(session)));
    }),
  );
}

/** The peer has lost its sessions: those that began before it did are over (RFC 6733 §8.16). */
export function endSessionsOfPeer(tools: Tools, { peer, before }: { peer: string; before: Date }): Promise<EndedSession[]> {
  const read = (limitRows: number) => tools.database.query(openSessionsOfPeer, { peer, before, limitRows });
  return endEach(read, (key) => endOne(tools, key, () => 'peer_restarted'));
}

/**
 * A peer has connected and said which life of its this is. In a later one than we knew, what it had begun before is over (G7): once,
 * however many connections and nodes hear of it.
 */
export async function noteOriginState(
  tools: Tools,
  { originHost, originStateId }: { originHost: string; originStateId: number },
): Promise<EndedSession[]> {
  const before = tools.clock.transport();
  const raised = await tools.database.maybe(raiseOriginState, { originHost, originStateId });
  return raised === undefined ? [] : endSessionsOfPeer(tools, { peer: originHost, before });
}

/** All of one line, in the transaction of whoever holds its account's lock: it moves to another account, or may not go on. */
export async function endSessionsOfLine(
  tools: Tools,
  tx: Transaction,
  { slot, accountId, lineId, reason }: { slot: number; accountId: bigint; lineId: bigint; reason: 'moved' | 'stopped' },
): Promise<EndedSession[]> {
  const ended: EndedSession[] = [];
  for (const { sessionId } of await openSessionsOfLine(tx, { slot, accountId, lineId }))
    ended.push(...(await endIn(tools, tx, { slot, accountId, sessionId }, () => reason)));
  return ended;
}

/** Past the days a session may last, by transport time. */
export function isTooOld(session: Pick<Session, 'beganAt'>, transportNow: Date): boolean {
  return oldAt(session) <= transportNow.getTime();
}

function oldAt({ beganAt }: Pick<Session, 'beganAt'>): number {
  return beganAt.getTime() + SESSION_DAYS_MAX * DAY_MS;
}

/** The reason to end it now, or when to look again. */
type Verdict = (session: Session, transportNow: Date) => EndReason | Date;

/** Ends one if it is too old: whoever hears of it before the sweep does. */
export async function endTooOld(tools: Tools, key: SessionKey): Promise<EndedSession[]> {
  return endOne(tools, key, (session, now) => (isTooOld(session, now) ? 'too_old' : session.checkAt));
}

/** One that fails does not keep the others waiting: it stays open, and is thrown at the end. */
async function endEach(
  read: (limitRows: number) => Promise<SessionKey[]>,
  end: (key: SessionKey) => Promise<EndedSession[]>,
): Promise<EndedSession[]> {
  const ended: EndedSession[] = [];
  const failures = new Map<bigint, unknown>();
  for (let more = true; more; ) {
    const limitRows = BATCH_SESSIONS + failures.size;
    const keys = await read(limitRows);
    more = keys.length === limitRows;
    for (const key of keys.filter(({ sessionId }) => !failures.has(sessionId))) {
      const one = await end(key).catch((error: unknown) => void failures.set(key.sessionId, error));
      ended.push(...(one ?? []));
    }
  }
  if (failures.size > 0) throw new AggregateError(failures.values(), `${failures.size} sessions could not be ended`);
  return ended;
}

function endOne(tools: Tools, key: SessionKey, verdict: Verdict): Promise<EndedSession[]> {
  return tools.database.transaction((tx) => endIn(tools, tx, key, verdict));
}

async function endIn(tools: Tools, tx: Transaction, key: SessionKey, verdict: Verdict): Promise<EndedSession[]> {
  const { slot, accountId, sessionId } = key;
  const locked = await lockAccount(tx, key);
  const transportNow = tools.clock.transport();
  const found = (await readSessions(tx, [{ slot, accountId, sessionId }])).get(sessionId);
  if (found === undefined || found.state !== 'open') return [];
  const reason = verdict(found, transportNow);
  if (reason instanceof Date) {
    tx.write(lookAgainAt, { slot, accountId, sessionId, checkAt: reason });
    return [];
  }
  const at = instantUnder(locked, tools.clock.business());
  const account = await dropExpiredHolds(tx, locked, transportNow, at);
  const session = withMoneyHeld(found, transportNow);
  await release(tools, tx, { account, session, reason, at, transportNow });
  const { lineId, peer, reference, notify, kind } = session;
  const ended = { ...{ slot, accountId, sessionId, lineId, peer, reference, notify, kind }, reason };
  await tellEnded(tx, ended);
  return [ended];
}

type Ending = {
  readonly account: Account;
  readonly session: Session;
  readonly reason: EndReason;
  readonly at: Date;
  readonly transportNow: Date;
};

/** What a session is called by us when it ends without a request. */
const CLOSE = 'close';
const NO_CONTENT = Buffer.alloc(16);

async function release(tools: Tools, tx: Transaction, { account, session, reason, at, transportNow }: Ending): Promise<void> {
  const { slot, accountId, lineId } = session;
  const books = new WorkingBooks(account, await readHeldBy(tx, session, at), lineId);
  for (const group of session.groups) for (const [allowanceId, quantity] of group.held) books.release(allowanceId, quantity);
  const groups = session.groups.map((group) => ({ ...group, held: [], heldMinor: 0n, granted: 0n }));
  const after: Session = { ...session, groups, step: session.step + 1, state: 'closed', endedAt: transportNow, endReason: reason };
  writeCharges(tx, [
    {
      ...{ session: after, key: CLOSE, kind: session.kind, operation: CLOSE, number: null, contentHash: NO_CONTENT },
      ...{ items: [], paidMinor: 0n, answer: { result: 'success', items: [] }, late: false, isNew: false },
      ...{ changes: books.changes(), effectiveAt: at, recordedAt: transportNow },
    },
  ]);
  await moveMoney(tools, tx, { account, before: session, after, key: CLOSE, paidMinor: 0n, at, transportNow });
  await forfeitEnded(tools, tx, { slot, accountId, lineId, at });
}

async function readHeldBy(queries: Queries & Transaction, session: Session, at: Date) {
  const { slot, accountId, lineId } = session;
  const [usable, ended] = await Promise.all([
    readAllowances(queries, { slot, accountId, lineId, at }),
    readHeldAllowances(queries, session, at),
  ]);
  return [...usable, ...ended];
}
