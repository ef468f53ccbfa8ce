/**
 * Writes what was decided about a line: its row, its queue, its timeline and its news, in the transaction of whoever
 * holds the account's lock. Nothing here decides.
 */
import { redateAllowances, startEarly } from '#domain/allowances';
import { statement, type Transaction } from '#platform/database';
import { type OutboxEvent, writeEvents } from '#platform/outbox';
import type { Tools } from '#platform/tools';
import type { Advanced, LineNews } from './advance-line.ts';
import type { Line, LineEventRow, LineKey, LineWithQueue, QueuedPlan } from './line.ts';

type QueuedRow = LineKey & QueuedPlan & { state: 'waiting' | 'started' | 'cancelled' };
const updateLine = statement<Line>(import.meta.dirname, 'update-line');
const writeQueued = statement<QueuedRow>(import.meta.dirname, 'write-queued-plan');
const insertHappening = statement<LineKey & LineEventRow & { happeningId: bigint }>(import.meta.dirname, 'insert-happening');

/** Nothing waits: what is written leaves with the caller's next question or its COMMIT. */
export function writeAdvanced(tools: Tools, tx: Transaction, advanced: Advanced): void {
  const { line } = advanced.state;
  tx.write(updateLine, line);
  for (const happening of advanced.happenings) writeHappening(tools, tx, line, happening);
  for (const plan of advanced.started) {
    writeQueuedPlan(tx, line, plan, 'started');
    beginAllowances(tx, line, plan);
  }
  writeEvents(
    tx,
    advanced.news.map((news) => newsEvent(tools, advanced.state, news)),
  );
}

export function writeHappening(tools: Tools, tx: Transaction, line: LineKey, happening: LineEventRow): void {
  tx.write(insertHappening, { ...keyOf(line), ...happening, happeningId: tools.mintId(line.slot) });
}

export function writeQueuedPlan(tx: Transaction, line: Line, plan: QueuedPlan, state: QueuedRow['state']): void {
  tx.write(writeQueued, { ...plan, ...keyOf(line), state });
}

/** Moves waiting plans and what they will deliver to their new dates. */
export function writeRedated(tx: Transaction, line: Line, redated: readonly QueuedPlan[], at: Date): void {
  for (const plan of redated) {
    const { orderId, itemNo, startsAt: validFrom, endsAt: validUntil } = plan;
    writeQueuedPlan(tx, line, plan, 'waiting');
    tx.withCommit(redateAllowances(tx, { ...keyOf(line), orderId, itemNo, validFrom, validUntil, at }));
  }
}

/** A plan that starts at its date finds its allowances dated so already; one that starts at exhaustion brings them forward. */
function beginAllowances(tx: Transaction, line: Line, plan: QueuedPlan): void {
  if (plan.startRule !== 'on_exhaustion') return;
  const { slot, accountId } = line;
  const { orderId, itemNo, startsAt: at, endsAt: validUntil } = plan;
  tx.withCommit(startEarly(tx, { slot, accountId, orderId, itemNo, at, validUntil }));
}

export function keyOf(line: LineKey): LineKey {
  return { slot: line.slot, accountId: line.accountId, lineId: line.lineId };
}

/** What every event about a line carries: enough to tell its people without asking again. */
export function lineFacts({ line }: Pick<LineWithQueue, 'line'>) {
  const { lineId, number, market, language, email, planCode, planVersion } = line;
  return { lineId, number, market, language, email, planCode, planVersion };
}

function newsEvent(tools: Tools, state: LineWithQueue, news: LineNews): OutboxEvent {
  const { kind, at, ...facts } = news;
  const { slot, accountId } = state.line;
  return { slot, accountId, eventId: tools.mintId(slot), kind, at, payload: { ...lineFacts(state), ...facts } };
}
