/**
 * What an event would cost, and whether it could be done: read-only, decided by the same function that charges (RFC 8506 §6.1 price
 * enquiry, §6.2 balance check). Nothing is locked: what is true now may not be when the event comes.
 */
import { readAllowances } from '#domain/allowances';
import type { Catalog } from '#domain/catalog';
import { instantUnder, readAccount } from '#domain/ledger';
import { readAdvanced } from '#domain/lines';
import { type Money, money } from '#domain/money';
import type { Tools } from '#platform/tools';
import { termsOf } from './charge-batch.ts';
import type { ChargingRequest } from './charging.ts';
import { type ChargeFacts, decideCharge } from './decide-charge.ts';
import { locateRequests } from './locate-requests.ts';
import { newSession } from './read-facts.ts';
import type { ChargingResult } from './results.ts';

export type Enquiry = {
  /** 'success', or why it could not be done. */
  readonly result: ChargingResult;
  /** From the balance, with all the allowances there are; null: it has no price, or nobody may have it. */
  readonly cost: Money | null;
};

/** More than anybody has: for the price of what one cannot pay. */
const ANY_MONEY = 1n << 60n;

export async function enquireCharge(tools: Tools, catalog: Catalog, asked: ChargingRequest): Promise<Enquiry> {
  const request: ChargingRequest = { ...asked, operation: 'event' };
  const [located] = await locateRequests(tools.database, [request]);
  if (typeof located !== 'object') return { result: located ?? 'user_unknown', cost: null };
  const { slot, accountId, lineId } = located;
  const account = await readAccount(tools.database, located);
  const now = instantUnder(account, tools.clock.business());
  const transportNow = tools.clock.transport();
  const [{ state }, allowances] = await Promise.all([
    readAdvanced(tools.database, catalog, { slot, accountId, lineId }, now),
    readAllowances(tools.database, { slot, accountId, lineId, at: now }),
  ]);
  const facts: ChargeFacts = {
    ...{ account, allowances, now, transportNow, lineState: state.line.state, late: false, purchaseOpen: false, isNew: true },
    ...termsOf(catalog, state.line, now),
    session: newSession(located, 0n, transportNow),
  };
  const priced = decideCharge(request, { ...facts, account: { ...account, balanceMinor: ANY_MONEY, heldMinor: 0n } });
  return {
    result: decideCharge(request, facts).answer.result,
    cost: priced.answer.result === 'success' ? money(account.currency, priced.paidMinor) : null,
  };
}
