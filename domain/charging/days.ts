/** Requests lie in a partition a day; the program may ask for one, and asks before it needs it. */
import { type Database, statement } from '#platform/database';

const keepDayRow = statement<{ day: string }>(import.meta.dirname, 'keep-day');

/** "2026-11-21". */
export function utcDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** Makes sure that today's partition is there, once a day and program. */
export function createDayKeeper(database: Database): (at: Date) => Promise<void> {
  const kept = new Set<string>();
  return async (at) => {
    const day = utcDay(at);
    if (kept.has(day)) return;
    await database.query(keepDayRow, { day });
    kept.add(day);
  };
}
