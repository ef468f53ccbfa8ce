/** What was given today, by line and in all: never past its caps, also over restarts. */
import type { EmergencyLimits, KeptDay, KeptEntry } from './emergency.ts';

export type DayCount = {
  /** What may still be given to a line. */
  left(day: string, line: string): bigint;
  add(day: string, line: string, octets: bigint): void;
  given(day: string): bigint;
  /** As one entry, for a journal that keeps nothing else. */
  keep(): KeptDay;
};

export function countDay(
  { lineADay, nodeADay }: EmergencyLimits,
  kept: readonly { day: string; line: string; octets: bigint }[],
): DayCount {
  let today = '';
  let lines = new Map<string, bigint>();
  let all = 0n;
  const turnTo = (day: string) => {
    // A clock that was set back begins no new day.
    if (day <= today) return;
    today = day;
    lines = new Map();
    all = 0n;
  };
  const count: DayCount = {
    left(day, line) {
      turnTo(day);
      const ofLine = lineADay - (lines.get(line) ?? 0n);
      const ofNode = nodeADay - all;
      const least = ofLine < ofNode ? ofLine : ofNode;
      return least > 0n ? least : 0n;
    },
    add(day, line, octets) {
      turnTo(day);
      lines.set(line, (lines.get(line) ?? 0n) + octets);
      all += octets;
    },
    given(day) {
      turnTo(day);
      return all;
    },
    keep: () => ({ kind: 'day', day: today, lines: [...lines] }),
  };
  for (const { day, line, octets } of kept) count.add(day, line, octets);
  return count;
}

/** What a journal's entries count, in their order. */
export function countsOf(entries: readonly KeptEntry[], lineOf: (entry: Extract<KeptEntry, { kind: 'answer' }>) => string) {
  return entries.flatMap((entry) =>
    entry.kind === 'day'
      ? entry.lines.map(([line, octets]) => ({ day: entry.day, line, octets }))
      : [{ day: entry.day, line: lineOf(entry), octets: entry.counted }],
  );
}
