/**
 * One request with everything that may follow from it: the line is brought up to date first, repeats get the answer that
 * is kept, late reports are debited once, a plan that waits for exhaustion begins, money pays, people are told.
 */
import { forfeitEnded, readAllowances } from '#domain/allowances';
import type { Catalog } from '#domain/catalog';
import { type Account, dropExpiredHolds, instantUnder, lockAccount } from '#domain/ledger';
import { followUse, type LineWithQueue, readAdvanced, saveAdvanced, startWaitingPlan, waitsForExhaustion } from '#domain/lines';
import { money } from '#domain/money';
import type { Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import { termsOf, toWrite } from './charge-batch.ts';
import type { ChargingAnswer, ChargingRequest } from './charging.ts';
import { type Charge, type ChargeFacts, decideCharge } from './decide-charge.ts';
import { endTooOld, isTooOld } from './end-sessions.ts';
import { type Located, locateSession, type Place } from './locate-requests.ts';
import { moveMoney } from './move-money.ts';
import { noteDifference } from './note-difference.ts';
import { newSession, readHeldAllowances, readOpenPurchases, readRequest } from './read-facts.ts';
import { readSessions } from './read-sessions.ts';
import { decodeAnswer } from './record-text.ts';
import { refundEvent } from './refund-event.ts';
import type { Session } from './session.ts';
import { tellEnded } from './tell-ended.ts';
import { AlreadyThere, writeCharges } from './write-charges.ts';

/** Somebody who meets us at the same session has won once; then its session is there to be found. */
const MEETINGS_MAX = 3;

export async function chargeAlone(tools: Tools, catalog: Catalog, located: Located): Promise<ChargingAnswer> {
  if (located.request.operation === 'refund') return refundEvent(tools, located.request);
  for (let meeting = 1; ; meeting += 1) {
    try {
      // A session that is there wins, whatever the request calls itself: it lives in the account where it began.
      const known = await locateSession(tools.database, located.request);
      const place = known ?? { ...located, sessionId: null };
      const answer = await tools.database.transaction((tx) => chargeIn(tools, tx, catalog, located.request, place));
      if (answer !== 'too_old') return answer;
      if (place.sessionId !== null) await endTooOld(tools, { ...place, sessionId: place.sessionId });
    } catch (error) {
      if (!(error instanceof AlreadyThere) || meeting >= MEETINGS_MAX) throw error;
    }
  }
}

async function chargeIn(
  tools: Tools,
  tx: Transaction,
  catalog: Catalog,
  request: ChargingRequest,
  place: Place,
): Promise<ChargingAnswer | 'too_old'> {
  const locked = await lockAccount(tx, place);
  const at = instantUnder(locked, tools.clock.business());
  const { slot, accountId, lineId, sessionId } = place;
  const found = sessionId === null ? undefined : (await readSessions(tx, [{ slot, accountId, sessionId }])).get(sessionId);
  if (found !== undefined) {
    const { beganOn } = found;
    const earlier = await readRequest(tx, { slot, accountId, sessionId: found.sessionId, key: request.key, beganOn });
    if (earlier !== undefined) {
      // With another content too the answer that was given stands, and nothing is debited (G1); it is noted.
      const { key, contentHash } = request;
      const recordedAt = tools.clock.transport();
      if (!contentHash.equals(earlier.contentHash))
        noteDifference(tx, { slot, accountId, sessionId: found.sessionId, key, contentHash, recordedAt });
      return decodeAnswer(earlier.answer);
    }
  }
  const transportNow = tools.clock.transport();
  if (found?.state === 'open' && isTooOld(found, transportNow)) return 'too_old';
  const account = await dropExpiredHolds(tx, locked, transportNow, at);
  const advanced = await readAdvanced(tx, catalog, { slot, accountId, lineId }, at);
  if (advanced.happenings.length + advanced.news.length > 0) await saveAdvanced(tools, tx, advanced, at);
  const session = found ?? newSession({ request, ...place }, tools.mintId(slot), transportNow);
  const charging: Charging = { tools, tx, catalog, request, account, session, isNew: found === undefined, at, transportNow };
  const { charge, facts, state } = await decideWithWaiting(charging, advanced.state);
  const answer = answerOf(charge, facts, request);
  writeCharges(tx, [{ ...toWrite(request, charge, facts), answer }]);
  await moveMoney(tools, tx, {
    account,
    before: facts.session,
    after: charge.session,
    key: request.key,
    paidMinor: charge.paidMinor,
    at,
    transportNow,
  });
  // By us, and not by the request: its peer is told to end it, too.
  const { endReason } = charge.session;
  if (endReason === 'stopped' && facts.session.state === 'open') await tellEnded(tx, { ...charge.session, reason: endReason });
  follow(charging, state, charge, facts);
  if (hasEnded(facts)) await forfeitEnded(tools, tx, { slot, accountId, lineId, at });
  return answer;
}

type Charging = {
  readonly tools: Tools;
  readonly tx: Transaction;
  readonly catalog: Catalog;
  readonly request: ChargingRequest;
  readonly account: Account;
  readonly session: Session;
  readonly isNew: boolean;
  readonly at: Date;
  readonly transportNow: Date;
};
type Decided = { readonly charge: Charge; readonly facts: ChargeFacts; readonly state: LineWithQueue };

/** Decided anew when the use let a waiting plan begin: what the old one did not cover is taken from the new one. */
async function decideWithWaiting(charging: Charging, state: LineWithQueue): Promise<Decided> {
  const decided = await decide(charging, state);
  const { standing } = decided.charge;
  if (standing === null || !waitsForExhaustion(state, { exhausted: standing.after.speed !== 'full' })) return decided;
  const { tools, tx, at } = charging;
  return decide(charging, startWaitingPlan(tools, tx, { state, market: decided.facts.market, at }));
}

async function decide(
  { tx, catalog, request, account, session, isNew, at, transportNow }: Charging,
  state: LineWithQueue,
): Promise<Decided> {
  const { slot, accountId, lineId } = state.line;
  const [usable, held, buying] = await Promise.all([
    readAllowances(tx, { slot, accountId, lineId, at }),
    readHeldAllowances(tx, session, at),
    readOpenPurchases(tx, [{ request, slot, accountId, lineId }], transportNow),
  ]);
  const facts: ChargeFacts = {
    ...{ account, session, isNew, now: at, transportNow, late: isLate(request, session) },
    ...termsOf(catalog, state.line, at),
    lineState: state.line.state,
    allowances: [...usable, ...held],
    purchaseOpen: buying.has(lineId),
    waits: waitsForExhaustion(state, { exhausted: true }),
  };
  return { charge: decideCharge(request, facts), facts, state };
}

/** Its session has gone on without it, or has ended. An event is over with its answer, whatever its session's name was used for. */
function isLate(request: ChargingRequest, session: Session): boolean {
  if (request.operation === 'event') return false;
  return session.state === 'closed' || (request.number !== null && request.number <= session.lastNumber);
}

/** Of a session that has ended: what came late was debited, and there is nothing to go on with. */
function answerOf({ answer }: Charge, { session }: ChargeFacts, { operation }: ChargingRequest): ChargingAnswer {
  return session.state === 'closed' && operation !== 'end' && operation !== 'event' ? { result: 'unknown_session', items: [] } : answer;
}

function follow({ tools, tx, account, at }: Charging, state: LineWithQueue, charge: Charge, { plan, market }: ChargeFacts): void {
  if (charge.standing === null && charge.paidMinor === 0n && !charge.spent) return;
  const unchanged = { left: null, granted: null, speed: 'full' } as const;
  const { before, after, crossedPercent } = charge.standing ?? { before: unchanged, after: unchanged, crossedPercent: [] };
  const paid = {
    spent: charge.spent,
    paid: money(account.currency, charge.paidMinor),
    balance: money(account.currency, account.balanceMinor - charge.paidMinor),
  };
  followUse(tools, tx, { state, plan, market, at, before, after, crossedPercent, exhausted: after.speed !== 'full', paid });
}

/** Something that a session held has come to its end: what it gave back is forfeited. */
function hasEnded({ allowances, now }: ChargeFacts): boolean {
  return allowances.some(({ validUntil }) => validUntil <= now);
}
