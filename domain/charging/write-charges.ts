/** Writes what was decided, for many requests at once: their rows, their sessions and the allowances they moved. */
import { copyStatement, isUniqueViolation, statement, type Transaction } from '#platform/database';
import type { ChargingAnswer, Operation, RecordedItem, ServiceKind } from './charging.ts';
import { encodeAnswer, encodeItems } from './record-text.ts';
import { encodeGroups, encodeState, type Session } from './session.ts';
import type { AllowanceChange } from './working-books.ts';

/** One request's posting. */
export type RequestToWrite = {
  readonly session: Session;
  readonly key: string;
  readonly kind: ServiceKind;
  readonly operation: Operation | 'close';
  readonly number: bigint | null;
  readonly contentHash: Buffer;
  readonly items: readonly RecordedItem[];
  readonly paidMinor: bigint;
  readonly answer: ChargingAnswer;
  readonly late: boolean;
  readonly effectiveAt: Date;
  readonly recordedAt: Date;
  readonly changes: readonly AllowanceChange[];
  /** The session begins with it. */
  readonly isNew: boolean;
};

type ClosedSessionColumns = {
  accountIds: bigint[];
  sessionIds: bigint[];
  lastNumbers: bigint[];
  groups: string[];
  lastAts: Date[];
  endedAts: (Date | null)[];
  endReasons: (string | null)[];
};
type Moves = { accountIds: bigint[]; allowanceIds: bigint[]; useds: bigint[]; reserveds: bigint[] };
const copyClaims = copyStatement<Pick<Session, 'peer' | 'reference' | 'slot' | 'accountId' | 'lineId' | 'sessionId'>>(
  import.meta.dirname,
  'copy-claims',
  { peer: 'text', reference: 'text', slot: 'smallint', accountId: 'bigint', lineId: 'bigint', sessionId: 'bigint' },
);
const copySessions = copyStatement<Omit<Session, 'groups' | 'step'> & { groups: string }>(import.meta.dirname, 'copy-sessions', {
  ...{ slot: 'smallint', accountId: 'bigint', sessionId: 'bigint', lineId: 'bigint', beganOn: 'date', peer: 'text', reference: 'text' },
  ...{ notify: 'text', kind: 'text', visitedNetwork: 'text', destination: 'text', state: 'text', lastNumber: 'bigint', groups: 'text' },
  ...{ beganAt: 'timestamptz', lastAt: 'timestamptz', checkAt: 'timestamptz', endedAt: 'timestamptz', endReason: 'text' },
});
const copyRequests = copyStatement<ReturnType<typeof requestRow>>(import.meta.dirname, 'copy-requests', {
  ...{ slot: 'smallint', accountId: 'bigint', sessionId: 'bigint', key: 'text', beganOn: 'date', lineId: 'bigint', kind: 'text' },
  ...{ operation: 'text', number: 'bigint', contentHash: 'bytea', allowanceIds: 'bigint[]', quantities: 'bigint[]', used: 'bigint' },
  ...{ free: 'bigint', paid: 'bigint', lost: 'bigint', paidMinor: 'bigint', items: 'text', answer: 'text', late: 'boolean' },
  ...{ effectiveAt: 'timestamptz', recordedAt: 'timestamptz', step: 'integer', sessionAfter: 'text' },
});
const moveShares = statement<Moves & { lineIds: bigint[] }>(import.meta.dirname, 'move-shares');
const closeSessions = statement<ClosedSessionColumns>(import.meta.dirname, 'close-sessions');
const moveAllowances = statement<Moves>(import.meta.dirname, 'move-allowances');

/** Somebody else began the session, or did the request, meanwhile: nothing of this transaction may stand. */
export class AlreadyThere extends Error {
  override name = 'AlreadyThere';
}

/** They travel with the COMMIT, which throws AlreadyThere where a session or a request is there already (G1). */
export function writeCharges(tx: Transaction, charges: readonly RequestToWrite[]): void {
  const begun = charges.filter(({ isNew }) => isNew).map(({ session }) => session);
  const closed = charges.filter(({ isNew, session }) => !isNew && session.state === 'closed').map(({ session }) => session);
  const moves = charges.flatMap(({ session: { accountId }, changes }) => changes.map((change) => ({ accountId, ...change })));
  const shares = charges.flatMap(({ session: { accountId, lineId }, changes }) =>
    changes.filter(({ ofShare }) => ofShare).map((change) => ({ accountId, lineId, ...change })),
  );
  if (begun.length > 0) tx.withCommit(once(tx.query(copyClaims, { rows: begun })));
  if (moves.length > 0) tx.withCommit(tx.query(moveAllowances, moveColumns(moves)));
  if (shares.length > 0) tx.withCommit(tx.query(moveShares, { ...moveColumns(shares), lineIds: shares.map(({ lineId }) => lineId) }));
  if (begun.length > 0) tx.withCommit(tx.query(copySessions, { rows: begun.map((one) => ({ ...one, groups: encodeGroups(one.groups) })) }));
  if (closed.length > 0) tx.withCommit(tx.query(closeSessions, closedSessionColumns(closed)));
  tx.withCommit(once(tx.query(copyRequests, { rows: charges.map(requestRow) })));
}

async function once(written: Promise<unknown>): Promise<void> {
  try {
    await written;
  } catch (error) {
    throw isUniqueViolation(error) ? new AlreadyThere() : error;
  }
}

function closedSessionColumns(sessions: readonly Session[]): ClosedSessionColumns {
  return {
    accountIds: sessions.map(({ accountId }) => accountId),
    sessionIds: sessions.map(({ sessionId }) => sessionId),
    lastNumbers: sessions.map(({ lastNumber }) => lastNumber),
    groups: sessions.map(({ groups }) => encodeGroups(groups)),
    lastAts: sessions.map(({ lastAt }) => lastAt),
    endedAts: sessions.map(({ endedAt }) => endedAt),
    endReasons: sessions.map(({ endReason }) => endReason),
  };
}

function requestRow({ session, items, answer, isNew, ...charge }: RequestToWrite) {
  const { slot, accountId, sessionId, beganOn, lineId, step } = session;
  const { key, kind, operation, number, contentHash, paidMinor, late, effectiveAt, recordedAt } = charge;
  const from = items.length === 1 ? (items[0]?.from ?? []) : items.flatMap((item) => item.from);
  let [used, free, paid, lost] = [0n, 0n, 0n, 0n];
  for (const item of items) {
    used += item.used;
    free += item.free;
    paid += item.paid;
    lost += item.lost;
  }
  return {
    slot,
    accountId,
    sessionId,
    key,
    beganOn,
    lineId,
    kind,
    operation,
    number,
    contentHash,
    allowanceIds: from.map(([allowanceId]) => allowanceId),
    quantities: from.map(([, quantity]) => quantity),
    used,
    free,
    paid,
    lost,
    paidMinor,
    items: encodeItems(items),
    answer: encodeAnswer(answer),
    late,
    effectiveAt,
    recordedAt,
    step,
    sessionAfter: isNew || session.state === 'closed' ? null : encodeState(session),
  };
}

function moveColumns(moves: readonly (AllowanceChange & { accountId: bigint })[]): Moves {
  return {
    accountIds: moves.map(({ accountId }) => accountId),
    allowanceIds: moves.map(({ allowanceId }) => allowanceId),
    useds: moves.map(({ used }) => used),
    reserveds: moves.map(({ reserved }) => reserved),
  };
}
