/**
 * Many requests of as many accounts in one durable commit. Only what is plain is decided here: a request that is repeated or
 * late, that moves a line or money, or that meets time itself (a period or an allowance that ended), is left to be charged
 * alone, with everything that follows from it.
 */
import type { Catalog } from '#domain/catalog';
import { instantUnder } from '#domain/ledger';
import { present } from '#platform/assert';
import type { Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import type { ChargingAnswer, ChargingRequest } from './charging.ts';
import { type Charge, type ChargeFacts, decideCharge } from './decide-charge.ts';
import { isTooOld } from './end-sessions.ts';
import type { Located } from './locate-requests.ts';
import { type LineRow, lockAccounts, newSession, readAllowances, readLines, readSessions } from './read-facts.ts';
import type { Session } from './session.ts';
import { AlreadyThere, type RequestToWrite, writeCharges } from './write-charges.ts';

/** 'alone': nothing was done for it. */
export type BatchAnswer = ChargingAnswer | 'alone';

/** One answer a request, in their order; the accounts are distinct. All are 'alone' when one of them was there already. */
export async function chargeBatch(tools: Tools, catalog: Catalog, batch: readonly Located[]): Promise<BatchAnswer[]> {
  try {
    return await tools.database.transaction((tx) => chargeIn(tools, tx, catalog, batch));
  } catch (error) {
    if (error instanceof AlreadyThere) return batch.map(() => 'alone');
    throw error;
  }
}

async function chargeIn(tools: Tools, tx: Transaction, catalog: Catalog, batch: readonly Located[]): Promise<BatchAnswer[]> {
  const accounts = await lockAccounts(tx, batch);
  const businessNow = tools.clock.business();
  const transportNow = tools.clock.transport();
  const placed = batch.map((located) => {
    const account = accounts.get(located.accountId);
    return { located, account, at: account === undefined ? businessNow : instantUnder(account, businessNow) };
  });
  const [sessions, lines, allowances] = await Promise.all([
    readSessions(
      tx,
      batch.flatMap(({ slot, accountId, sessionId }) => (sessionId === null ? [] : [{ slot, accountId, sessionId }])),
    ),
    readLines(tx, batch),
    readAllowances(
      tx,
      placed.map(({ located: { slot, accountId, lineId, request }, at }) => ({ slot, accountId, lineId, kind: request.kind, at })),
    ),
  ]);
  const writes: RequestToWrite[] = [];
  const answers = placed.map(({ located, account, at }): BatchAnswer => {
    const line = lines.get(located.lineId);
    const session =
      located.sessionId === null ? newSession(located, tools.mintId(located.slot), transportNow) : sessions.get(located.sessionId);
    if (account === undefined || line === undefined || session === undefined || !isPlain(located, line, session, at, transportNow))
      return 'alone';
    const facts: ChargeFacts = {
      ...{ account, session, isNew: located.sessionId === null, now: at, transportNow, late: false },
      ...termsOf(catalog, line, at),
      lineState: line.state,
      allowances: allowances.get(located.accountId) ?? [],
    };
    if (!holdsOfThese(session, facts.allowances)) return 'alone';
    const charge = decideCharge(located.request, facts);
    if (hasMore(charge, facts)) return 'alone';
    writes.push(toWrite(located.request, charge, facts));
    return charge.answer;
  });
  if (writes.length > 0) await writeCharges(tx, writes);
  return answers;
}

/** The plan as it was sold, and the market as it is. */
export function termsOf(
  catalog: Catalog,
  line: Pick<LineRow, 'market' | 'planCode' | 'planVersion'>,
  at: Date,
): Pick<ChargeFacts, 'plan' | 'market'> {
  const { planCode, planVersion } = line;
  const product = planCode === null || planVersion === null ? undefined : catalog.productVersion(line.market, planCode, planVersion);
  const market = present(catalog.market(line.market, at), 'a line is of a market that is in the catalogue');
  return { plan: product?.kind === 'plan' ? product : undefined, market };
}

/** In order, on an open session, of a line that nothing is due on. */
function isPlain({ request }: Located, line: LineRow, session: Session, at: Date, transportNow: Date): boolean {
  if (line.dueAt !== null && line.dueAt <= at) return false;
  if (session.state !== 'open' || isTooOld(session, transportNow)) return false;
  return request.number === null ? session.lastNumber === -1n : request.number > session.lastNumber;
}

/** What ended long ago, by a calendar that was moved, is not read for many. */
function holdsOfThese({ groups }: Session, allowances: ChargeFacts['allowances']): boolean {
  return groups.every(({ held }) => held.every(([heldId]) => allowances.some(({ allowanceId }) => allowanceId === heldId)));
}

/** Something follows from it: money moves, people are told, the line changes, or what was held has ended meanwhile. */
function hasMore({ answer, standing, paidMinor, lostMinor, spent, session }: Charge, facts: ChargeFacts): boolean {
  if (paidMinor > 0n || lostMinor > 0n || spent) return true;
  // The last of its data, unless a plan waits for its end: only who reads the queue can say.
  if (answer.items.some(({ final }) => final)) return true;
  if (session.groups.some(({ heldMinor }) => heldMinor > 0n) || facts.session.groups.some(({ heldMinor }) => heldMinor > 0n)) return true;
  if (standing !== null && (standing.crossedPercent.length > 0 || (standing.after.speed !== 'full' && facts.lineState === 'active')))
    return true;
  return facts.allowances.some(({ validUntil, reserved }) => validUntil <= facts.now && reserved > 0n);
}

export function toWrite(request: ChargingRequest, charge: Charge, facts: ChargeFacts): RequestToWrite {
  return {
    session: charge.session,
    ...{ key: request.key, kind: request.kind, operation: request.operation, number: request.number, contentHash: request.contentHash },
    ...{ items: charge.items, paidMinor: charge.paidMinor, answer: charge.answer, late: facts.late, changes: charge.changes },
    effectiveAt: facts.now,
    recordedAt: facts.transportNow,
    isNew: facts.isNew,
  };
}
