/** Drops what has no use any more: a janitor's work, on transport time. */
import { DAY_MS } from '#platform/clock';
import { statement } from '#platform/database';
import type { Tools } from '#platform/tools';
import { SIGN_IN_LIFE_MS } from './sign-in.ts';

type Before = { before: Date };
const forgetCodes = statement<Before>(import.meta.dirname, 'forget-codes');
const forgetCeremonies = statement<Before>(import.meta.dirname, 'forget-ceremonies');
const forgetBudgets = statement<Before>(import.meta.dirname, 'forget-budgets');
const forgetLinks = statement<Before>(import.meta.dirname, 'forget-links');
const forgetSignIns = statement<Before>(import.meta.dirname, 'forget-sign-ins');

export async function forgetSpent({ database, clock }: Pick<Tools, 'database' | 'clock'>): Promise<void> {
  const nowMs = clock.transport().getTime();
  const before = new Date(nowMs - DAY_MS);
  await Promise.all([
    database.query(forgetCodes, { before }),
    database.query(forgetCeremonies, { before }),
    database.query(forgetBudgets, { before }),
    database.query(forgetLinks, { before }),
    database.query(forgetSignIns, { before: new Date(nowMs - SIGN_IN_LIFE_MS) }),
  ]);
}
