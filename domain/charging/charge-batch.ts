/**
 * Many requests of as many accounts in one durable commit. Only what is plain is decided here: a request that is repeated or
 * late, that moves a line or money, or that meets time itself (a period or an allowance that ended), is left to be charged
 * alone, with everything that follows from it.
 */
import { moved } from '#domain/allowances';
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
import { type LineRow, lockAccounts, newSession, readFacts, readOpenPurchases } from './read-facts.ts';
import type { Session } from './session.ts';
import { AlreadyThere, type RequestToWrite, writeCharges } from './write-charges.ts';

/** What this node knows from the requests before. */
export type Known = { readonly accounts: KnownAccounts; readonly places: KnownPlaces };

/** 'alone': nothing was done for it. */
export type BatchAnswer = ChargingAnswer | 'alone';

/** One answer a request, in their order; the accounts are distinct. All are 'alone' when one of them was there already. */
export async function chargeBatch(
  tools: Tools,
  catalog: Catalog,
  known: Known,
  batch: readonly Located[],
): Promise<readonly BatchAnswer[]> {
  try {
    const { answers, learnt, written } = await tools.database.transaction((tx) => chargeIn(tools, tx, catalog, known, batch));
    for (const { version, facts } of learnt) known.accounts.keep(facts.account.accountId, version, facts);
    for (const { session, isNew } of written) {
      if (session.state !== 'open') known.places.forget(session);
      else if (isNew) known.places.keep(session, session);
    }
    return answers;
  } catch (error) {
    if (error instanceof AlreadyThere) return batch.map(() => 'alone');
    throw error;
  }
}

type Learnt = { readonly version: bigint; readonly facts: AccountFacts };
type Charged = {
  readonly answers: readonly BatchAnswer[];
  readonly learnt: readonly Learnt[];
  readonly written: readonly RequestToWrite[];
};

async function chargeIn(tools: Tools, tx: Transaction, catalog: Catalog, known: Known, batch: readonly Located[]): Promise<Charged> {
  const versions = await lockAccounts(tx, batch);
  const businessNow = tools.clock.business();
  const transportNow = tools.clock.transport();
  const knownFacts = (located: Located) => {
    const version = versions.get(located.accountId);
    const facts = version === undefined ? undefined : known.accounts.at(located.accountId, version - 1n);
    return facts !== undefined && isEnough(facts, located) ? facts : undefined;
  };
  const found = batch.map(knownFacts);
  const unknown = batch.filter(({ accountId }, index) => found[index] === undefined && versions.has(accountId));
  const [read, buying] = await Promise.all([readFacts(tx, unknown, businessNow), readOpenPurchases(tx, batch, transportNow)]);
  const now = { businessNow, transportNow, buying };
  const writes: RequestToWrite[] = [];
  const learnt: Learnt[] = [];
  const answers = batch.map((located, index): BatchAnswer => {
    const version = versions.get(located.accountId);
    const facts = found[index] ?? read.get(located.accountId);
    if (version === undefined || facts === undefined) return 'alone';
    const charged = chargeOne(tools, catalog, located, facts, now);
    learnt.push({ version, facts: charged === undefined ? facts : after(facts, charged) });
    if (charged === undefined) return 'alone';
    writes.push(charged);
    return charged.answer;
  });
  if (writes.length > 0) await writeCharges(tx, writes);
  return { answers, learnt, written: writes };
}

/** The line and the session are among what is known. */
function isEnough({ lines, sessions }: AccountFacts, { lineId, sessionId }: Located): boolean {
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
): RequestToWrite | undefined {
  const { request, lineId, sessionId } = located;
  const { account, allowances } = known;
  const line = known.lines.find((one) => one.lineId === lineId);
  const session =
    sessionId === null
      ? newSession(located, tools.mintId(located.slot), transportNow)
      : known.sessions.find((one) => one.sessionId === sessionId);
  const at = instantUnder(account, businessNow);
  if (line === undefined || session === undefined || !isPlain(located, line, session, at, transportNow)) return undefined;
  const facts: ChargeFacts = {
    ...{ account, session, isNew: sessionId === null, now: at, transportNow, late: false },
    ...termsOf(catalog, line, at),
    lineState: line.state,
    allowances,
    purchaseOpen: buying.has(lineId),
  };
  if (!holdsOfThese(session, allowances)) return undefined;
  const charge = decideCharge(request, facts);
  return hasMore(charge, facts) ? undefined : toWrite(request, charge, facts);
}

/** What is known once it is written. */
function after(facts: AccountFacts, { session, changes }: RequestToWrite): AccountFacts {
  const others = facts.sessions.filter(({ sessionId }) => sessionId !== session.sessionId);
  return {
    ...facts,
    sessions: session.state === 'open' ? [...others, session] : others,
    allowances: facts.allowances.map((allowance) => {
      const change = changes.find(({ allowanceId }) => allowanceId === allowance.allowanceId);
      if (change === undefined) return allowance;
      return moved(allowance, session.lineId, change);
    }),
  };
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
