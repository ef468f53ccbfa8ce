/**
 * A line leaves its account for another one, as it is: number, plan, period, waiting plans, running totals. It becomes a line of
 * that account with an id of its slot; the row it leaves behind keeps what was bought for it readable, and is listed nowhere.
 */
import { assert } from '#platform/assert';
import { type Queries, statement, type Transaction } from '#platform/database';
import { writeEvents } from '#platform/outbox';
import type { Tools } from '#platform/tools';
import type { Line, LineEventRow, LineKey, LineWithQueue } from './line.ts';
import { keyOf, lineFacts, writeHappening, writeQueuedPlan } from './write-line.ts';

type MovedNumber = LineKey & { number: string; fromLineId: bigint; at: Date };
type Copied = LineKey & { toSlot: number; toAccountId: bigint; toLineId: bigint };
const moveNumber = statement<MovedNumber, { claimCount: bigint }>(import.meta.dirname, 'move-number');
const insertMovedLine = statement<Line & { at: Date }>(import.meta.dirname, 'insert-moved-line');
const leaveLine = statement<LineKey & { at: Date }>(import.meta.dirname, 'leave-line');
const copyPayAsYouGo = statement<Copied>(import.meta.dirname, 'copy-pay-as-you-go');

const movedRow = statement<LineKey, { moved: boolean }>(import.meta.dirname, 'has-moved');

/** Whether it is on another account by now, and this row only what it left. */
export async function hasMoved(queries: Queries, { slot, accountId, lineId }: LineKey): Promise<boolean> {
  return (await queries.one(movedRow, { slot, accountId, lineId })).moved;
}

export type LineToMove = { readonly state: LineWithQueue; readonly to: { readonly slot: number; readonly accountId: bigint } };

/** Whom each is told to is notices' to find: whose account it joined, whose it left, who holds the phone. */
export type LineMoved = ReturnType<typeof lineFacts> & { readonly toAccountId: bigint };

/** Under the locks of both accounts, for a line that is up to date. Its allowances, SIM and sessions are the caller's to move. */
export async function moveLine(tools: Tools, tx: Transaction, { state, to }: LineToMove, at: Date): Promise<LineKey> {
  const { line, queue } = state;
  const left = keyOf(line);
  const key: LineKey = { slot: to.slot, accountId: to.accountId, lineId: tools.mintId(to.slot) };
  const moved = { ...line, ...key };
  const claim = await tx.maybe(moveNumber, { ...key, number: line.number, fromLineId: line.lineId, at });
  assert(claim !== undefined, 'the number is this line’s under the lock of its account');
  tx.write(insertMovedLine, { ...moved, at });
  tx.write(copyPayAsYouGo, { ...left, toSlot: key.slot, toAccountId: key.accountId, toLineId: key.lineId });
  for (const plan of queue) {
    writeQueuedPlan(tx, line, plan, 'cancelled');
    writeQueuedPlan(tx, moved, plan, 'waiting');
  }
  tx.write(leaveLine, { ...left, at });
  const happening: LineEventRow = { event: 'join', stateBefore: line.state, stateAfter: line.state, at };
  writeHappening(tools, tx, left, { ...happening, stateAfter: 'lost' });
  writeHappening(tools, tx, key, happening);
  tellMoved(tools, tx, { line, moved, at });
  return key;
}

function tellMoved(
  tools: Tools,
  tx: Transaction,
  { line, moved, at }: { readonly line: Line; readonly moved: Line; readonly at: Date },
): void {
  const event = (kind: string, of: Line) => ({
    ...{ slot: of.slot, accountId: of.accountId, eventId: tools.mintId(of.slot), kind, at },
    payload: { ...lineFacts({ line: of }), toAccountId: moved.accountId } satisfies LineMoved,
  });
  writeEvents(tx, [event('lines.left', line), event('lines.joined', moved), event('lines.moved', moved)]);
}
