/**
 * Many requests of as many accounts in one durable commit (decision 0013). Only what is plain is decided here: a request that is repeated or
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
import type { AccountFacts, KnownAccounts } from './known-accounts.ts';
import type { KnownPlaces } from './known-places.ts';
import type { Located } from './locate-requests.ts';
import { MetSomebody, meetAccounts } from './meet-accounts.ts';
import { type LineRow, newSession, readFacts, readOpenPurchases } from './read-facts.ts';
import type { Session } from './session.ts';
import { AlreadyThere, type RequestToWrite, writeCharges } from './write-charges.ts';

/** What this node knows from the requests before. */
export type Known = { readonly accounts: KnownAccounts; readonly places: KnownPlaces };

/** 'alone': nothing was done for it. */
export type BatchAnswer = ChargingAnswer | 'alone';

/** Of a batch whose accounts others lock again and again in between: then each waits for its own lock. */
const MEETINGS_MAX = 3;

/**
 * One answer a request, in their order; the accounts are distinct. All are 'alone' when one of them was there already. Decided from what
 * is known, and written in one round trip on condition that it was still so.
 */
export async function chargeBatch(
  tools: Tools,
  catalog: Catalog,
  known: Known,
  batch: readonly Located[],
): Promise<readonly BatchAnswer[]> {
  for (let meeting = 1; meeting <= MEETINGS_MAX; meeting += 1) {
    try {
      const decided = await decideBatch(tools, catalog, known, batch);
      const charged = decided.filter((one) => one !== 'alone');
      if (charged.length > 0) await tools.database.transaction(async (tx) => write(tx, charged));
      for (const one of charged) keepCharged(known, one);
      return decided.map((one) => (one === 'alone' ? one : one.write.answer));
    } catch (error) {
      if (error instanceof AlreadyThere) break;
      if (!(error instanceof MetSomebody)) throw error;
      for (const accountId of error.accountIds) known.accounts.forget(accountId);
    }
  }
  return batch.map(() => 'alone');
}

/** What is written, and what is known once it is. */
type Charged = { readonly before: AccountFacts; readonly after: AccountFacts; readonly write: RequestToWrite };

/** Reads what is not known of these requests' accounts. */
export async function learnAccounts(tools: Tools, { accounts }: Pick<Known, 'accounts'>, requests: readonly Located[]): Promise<void> {
  const unknown = requests.filter((located) => !isEnough(accounts.of(located.accountId), located));
  for (const facts of (await readFacts(tools.database, unknown, tools.clock.business())).values()) accounts.keep(facts);
}

async function decideBatch(tools: Tools, catalog: Catalog, known: Known, batch: readonly Located[]): Promise<('alone' | Charged)[]> {
  await learnAccounts(tools, known, batch);
  const transportNow = tools.clock.transport();
  const buying = await readOpenPurchases(tools.database, batch, transportNow);
  const now = { businessNow: tools.clock.business(), transportNow, buying };
  return batch.map((located) => {
    const facts = known.accounts.of(located.accountId);
    return (facts && chargeOne(tools, catalog, located, facts, now)) ?? 'alone';
  });
}

/** The lock and the writes leave together with the COMMIT. */
function write(tx: Transaction, charged: readonly Charged[]): void {
  meetAccounts(
    tx,
    charged.map(({ before }) => before),
  );
  writeCharges(
    tx,
    charged.map((one) => one.write),
  );
}

function keepCharged({ accounts, places }: Known, { after, write: { session, isNew } }: Charged): void {
  // Asked of seldom; and what is known is what the collector has to go through.
  if (after.sessions.length === 0) accounts.forget(after.account.accountId);
  else accounts.keep(after);
  if (session.state !== 'open') places.forget(session);
  else if (isNew) places.keep(session, session);
}

/** The line and the session are among what is known. */
function isEnough(known: AccountFacts | undefined, { lineId, sessionId }: Located): boolean {
  if (known === undefined) return false;
  const { lines, sessions } = known;
  return (
    lines.some((line) => line.lineId === lineId) && (sessionId === null || sessions.some((session) => session.sessionId === sessionId))
  );
}

/** What it comes to; undefined: it is to be charged alone. */
function chargeOne(
  tools: Tools,
  catalog: Catalog,
  located: Located,
  known: AccountFacts,
  { businessNow, transportNow, buying }: { businessNow: Date; transportNow: Date; buying: ReadonlySet<bigint> },
): Charged | undefined {
  const { request, lineId, sessionId } = located;
  const { account, allowances } = known;
  const line = known.lines.find((one) => one.lineId === lineId);
  const session =
    sessionId === null
      ? newSession(located, tools.mintId(located.slot), transportNow)
      : known.sessions.find((one) => one.sessionId === sessionId);
  const at = instantUnder(account, businessNow);
  if (line === undefined || session === undefined || !isPlain(located, line, session, at, transportNow)) return undefined;
  const { plan, market } = termsOf(catalog, line, at);
  const facts: ChargeFacts = {
    account,
    session,
    isNew: sessionId === null,
    now: at,
    transportNow,
    late: false,
    plan,
    market,
    lineState: line.state,
    allowances,
    purchaseOpen: buying.has(lineId),
  };
  if (!holdsOfThese(session, allowances)) return undefined;
  const charge = decideCharge(request, facts);
  if (hasMore(charge, facts)) return undefined;
  return { before: known, after: afterIt(known, charge), write: toWrite(request, charge, facts) };
}

/** What is known once it is written. */
function afterIt(facts: AccountFacts, { session, allowances }: Charge): AccountFacts {
  const others = facts.sessions.filter(({ sessionId }) => sessionId !== session.sessionId);
  const sessions = session.state === 'open' ? [...others, session] : others;
  return { ...facts, version: facts.version + 1n, sessions, allowances };
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

/** In order, on an open session, of a line that nothing is due on. One without a number is taken for new until its key is found to be there. */
function isPlain({ request }: Located, line: LineRow, session: Session, at: Date, transportNow: Date): boolean {
  if (line.dueAt !== null && line.dueAt <= at) return false;
  if (session.state !== 'open' || isTooOld(session, transportNow)) return false;
  return request.number === null || request.number > session.lastNumber;
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
    key: request.key,
    kind: request.kind,
    operation: request.operation,
    number: request.number,
    contentHash: request.contentHash,
    items: charge.items,
    paidMinor: charge.paidMinor,
    answer: charge.answer,
    late: facts.late,
    changes: charge.changes,
    effectiveAt: facts.now,
    recordedAt: facts.transportNow,
    isNew: facts.isNew,
  };
}
