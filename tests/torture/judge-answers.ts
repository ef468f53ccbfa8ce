/** The doors: while a database is away, a request is told so, soon; it neither hangs nor breaks in another way. */
import type { AskEntry, Entry } from './history.ts';

/** What is wrong, in words, each kind once with how often and the first of them; or nothing. */
export function judgeAnswers(entries: readonly Entry[]): string[] {
  const asks = entries.filter((entry): entry is AskEntry => entry.kind === 'ask');
  const late = asks.filter((ask) => ask.outcome === 'unknown' && ask.why === 'too_late');
  const faults = asks.flatMap((ask) => (ask.outcome === 'unknown' && ask.why === 'fault' ? [`${ask.ask.ask}: ${ask.cause}`] : []));
  const wrong: string[] = [];
  if (late.length > 0) wrong.push(`${late.length} requests were not answered in time, the first at ${late[0]?.at.toISOString()}`);
  if (faults.length > 0) wrong.push(`${faults.length} requests broke for another reason than a lost database, the first: ${faults[0]}`);
  return wrong;
}

/** The longest time that a request took, in ms, whatever came of it. */
export function longestAnswerMs(entries: readonly Entry[]): number {
  return entries.reduce((most, entry) => (entry.kind === 'ask' ? Math.max(most, entry.tookMs) : most), 0);
}
