/**
 * Somebody is about to buy for a line: from its review page on, network nodes that cannot be told of a renewal are asked to ask
 * more often (domain/charging), so that data is back within a second or two of the payment. Guests open purchases too, so a day has only so
 * many: past them a line is served as before.
 */
import { MINUTE_MS } from '#platform/clock';
import { statement, type Transaction } from '#platform/database';
import type { LineKey } from './line.ts';

type Opening = LineKey & { openUntil: Date; day: string; openingsMax: number };
const openPurchaseRow = statement<Opening>(import.meta.dirname, 'open-purchase');
const closePurchaseRow = statement<LineKey & { at: Date }>(import.meta.dirname, 'close-purchase');

/** A page is read, a card is typed in, a bank asks: most are done by then. */
const OPEN_MS = 15 * MINUTE_MS;
const OPENINGS_A_DAY_MAX = 20;

/** `at` is transport time. Takes no lock: nothing is decided by it but how soon a node asks again. */
export function openPurchase(tx: Transaction, { slot, accountId, lineId }: LineKey, at: Date): void {
  const openUntil = new Date(at.getTime() + OPEN_MS);
  const day = at.toISOString().slice(0, 10);
  tx.write(openPurchaseRow, { slot, accountId, lineId, openUntil, day, openingsMax: OPENINGS_A_DAY_MAX });
}

/** It is done: what nodes were granted meanwhile is short, so they hear of it within a second. `at` is transport time. */
export function closePurchase(tx: Transaction, { slot, accountId, lineId }: LineKey, at: Date): void {
  tx.write(closePurchaseRow, { slot, accountId, lineId, at });
}
