import type { Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import { after } from './lifecycle.ts';
import type { LineWithQueue } from './line.ts';
import { writeAdvanced } from './write-line.ts';

/** There is data at full speed again that nobody bought: a throttled or stopped line, up to date under its account's lock, goes on. */
export function replenishLine(tools: Tools, tx: Transaction, state: LineWithQueue, at: Date): void {
  const { line } = state;
  const stateAfter = after(line.state, 'replenish');
  if (stateAfter === undefined || stateAfter === line.state) return;
  const happening = { event: 'replenish', stateBefore: line.state, stateAfter, at };
  const replenished = { ...line, state: stateAfter, stateSince: at, remindedDataPercent: null };
  writeAdvanced(tools, tx, { state: { ...state, line: replenished }, happenings: [happening], started: [], news: [] });
}
