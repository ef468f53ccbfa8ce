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

/** Every statement is sent at once: the caller's next round trip carries them. */
export async function writeAdvanced(tools: Tools, tx: Transaction, advanced: Advanced): Promise<void> {
  const { line } = advanced.state;
  await Promise.all([
    tx.query(updateLine, line),
    ...advanced.happenings.map((happening) =>
      tx.query(insertHappening, { ...keyOf(line), ...happening, happeningId: tools.mintId(line.slot) }),
    ),
    ...advanced.started.map((plan) => writeQueuedPlan(tx, line, plan, 'started')),
    ...advanced.started.map((plan) => beginAllowances(tx, line, plan)),
    writeEvents(
      tx,
      advanced.news.map((news) => newsEvent(tools, advanced.state, news)),
    ),
  ]);
}

export async function writeQueuedPlan(tx: Transaction, line: Line, plan: QueuedPlan, state: QueuedRow['state']): Promise<void> {
  await tx.query(writeQueued, { ...plan, ...keyOf(line), state });
}

/** Moves waiting plans and what they will deliver to their new dates. */
export async function writeRedated(tx: Transaction, line: Line, redated: readonly QueuedPlan[], at: Date): Promise<void> {
  await Promise.all(
    redated.flatMap((plan) => [
      writeQueuedPlan(tx, line, plan, 'waiting'),
      redateAllowances(tx, {
        ...keyOf(line),
        orderId: plan.orderId,
        itemNo: plan.itemNo,
        validFrom: plan.startsAt,
        validUntil: plan.endsAt,
        at,
      }),
    ]),
  );
}

/** A plan that starts at its date finds its allowances dated so already; one that starts at exhaustion brings them forward. */
async function beginAllowances(tx: Transaction, line: Line, plan: QueuedPlan): Promise<void> {
  if (plan.startRule !== 'on_exhaustion') return;
  const { slot, accountId } = line;
  await startEarly(tx, { slot, accountId, orderId: plan.orderId, itemNo: plan.itemNo, at: plan.startsAt, validUntil: plan.endsAt });
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
