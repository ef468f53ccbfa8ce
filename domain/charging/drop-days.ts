/**
 * Requests are kept for 400 days, then a whole day goes at once, with the sessions that began on it: what they came to is carried
 * forward first, so that the books still agree.
 */
import { DAY_MS } from '#platform/clock';
import { type Database, statement } from '#platform/database';
import type { Tools } from '#platform/tools';
import { utcDay } from './days.ts';

const keptDaysBefore = statement<{ before: string }, { day: string }>(import.meta.dirname, 'kept-days-before');
const dropDayRow = statement<{ day: string }, { dropped: boolean }>(import.meta.dirname, 'drop-day');

const KEPT_DAYS = 400;

/** The days that are gone now. One that is in use stays until the next time. Repeatable, on any number of nodes. */
export async function dropOldDays({ database, clock }: Pick<Tools, 'database' | 'clock'>): Promise<string[]> {
  const before = utcDay(new Date(clock.transport().getTime() - KEPT_DAYS * DAY_MS));
  const dropped: string[] = [];
  for (const { day } of await database.query(keptDaysBefore, { before })) if (await dropDay(database, day)) dropped.push(day);
  return dropped;
}

const LOCK_NOT_AVAILABLE = '55P03';

async function dropDay(database: Database, day: string): Promise<boolean> {
  try {
    return (await database.one(dropDayRow, { day })).dropped;
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return false;
    throw error;
  }
}
