/** One rating group of a request: what was used is debited, what was held is given back, and what it may use next is reserved. */
import { standingOf, type UseContext } from '#domain/allowances';
import { HOME_ZONE, RENEWAL_SERVICE } from '#domain/catalog';
import { isInService, LIFECYCLE, usePolicy } from '#domain/lines';
import { type AskedUse, type ClassifiedUse, classifyUse, tariffAt } from '#domain/rating';
import { isRefusal } from '#platform/refusals';
import type { AnsweredItem, AskedItem, ChargingRequest, RecordedItem } from './charging.ts';
import { type Debited, debitUse } from './debit-use.ts';
import type { ChargeFacts } from './decide-charge.ts';
import { type Granted, grantQuota } from './grant-quota.ts';
import type { ChargingResult } from './results.ts';
import type { SessionGroup } from './session.ts';
import { paceAfter } from './size-quota.ts';
import { WorkingBooks } from './working-books.ts';

export type Deciding = { readonly request: ChargingRequest; readonly facts: ChargeFacts; readonly books: WorkingBooks };

export type DecidedItem = {
  readonly answer: AnsweredItem;
  readonly record?: RecordedItem;
  /** The group as it is after it; undefined: the session keeps nothing of it. */
  readonly group?: SessionGroup;
  readonly paidMinor: bigint;
  readonly lostMinor: bigint;
  /** No money is left for what the line pays for as it goes. */
  readonly spent: boolean;
};

const NO_MONEY = { paidMinor: 0n, lostMinor: 0n, spent: false } as const;

/**
 * About a petabyte: no link carries that between two reports. What a peer claims beyond it is not counted, because no column
 * could; a report is data, not a promise (G6).
 */
const UNITS_MAX = 1n << 50n;

export function decideItem(deciding: Deciding, item: AskedItem, known: SessionGroup | undefined): DecidedItem {
  const { request, facts, books } = deciding;
  const classified = classify(deciding, item, known);
  if (classified === undefined) return unrated(deciding, item);
  if (request.operation === 'event') return decideEvent(deciding, item, classified);
  const group = known ?? newGroup(facts, item, classified);
  const used = bounded(item.used ?? 0n);
  const holder = facts.late ? { ...group, held: [], heldMinor: 0n } : group;
  // What was used was used where the session was until now.
  const context = contextOf(facts, group.service, group.zone);
  const { free } = classified;
  const usedAfterTariffChange = bounded(item.usedAfterTariffChange ?? 0n);
  const debited = debitUse(books, { group: holder, used, usedAfterTariffChange, free, context, plan: facts.plan });
  const { paidMinor, lostMinor } = debited;
  const record = recordOf(item, group, used, debited);
  const spent = isSpent(deciding, debited);
  // What the session holds now is of a later request: a late report leaves it alone.
  if (facts.late) return { paidMinor, lostMinor, spent, answer: given(item, null), record, group: { ...group, tallies: debited.tallies } };
  const settled = settle(deciding, group, used, debited);
  if (item.asked === undefined || request.operation === 'end')
    return { paidMinor, lostMinor, spent, answer: given(item, null), record, group: settled };
  const granted = decideGrant(deciding, item, { ...settled, zone: classified.zone }, free, record);
  return { paidMinor, lostMinor, ...granted, spent: spent || granted.spent };
}

/**
 * What the use is and where. A group keeps its service; where the line is, a peer says when it changes: a request that does
 * not say so is where the last one was.
 */
function classify({ request, facts }: Deciding, item: AskedItem, known: SessionGroup | undefined): ClassifiedUse | undefined {
  const { session, market } = facts;
  const classified = classifyUse(market, askedUse(request, facts, item));
  if (isRefusal(classified)) return known && { service: known.service, zone: known.zone, free: false };
  const there = known ?? lastReported(session.groups);
  const zone = request.visitedNetwork === undefined ? (there?.zone ?? classified.zone) : classified.zone;
  if (known === undefined) return { ...classified, zone };
  return { service: known.service, zone, free: request.kind === 'data' ? known.service === RENEWAL_SERVICE : classified.free };
}

function askedUse(request: ChargingRequest, { session }: ChargeFacts, item: AskedItem): AskedUse {
  const visitedNetwork = request.visitedNetwork ?? session.visitedNetwork ?? undefined;
  const where = visitedNetwork === undefined ? {} : { visitedNetwork };
  if (request.kind === 'data') return { kind: 'data', ...where, ...(item.ratingGroup === null ? {} : { ratingGroup: item.ratingGroup }) };
  return { kind: request.kind, ...where, destination: request.destination ?? session.destination ?? '' };
}

function lastReported(groups: readonly SessionGroup[]): SessionGroup | undefined {
  return groups.reduce<SessionGroup | undefined>(
    (last, group) => (last === undefined || group.reportedMs > last.reportedMs ? group : last),
    undefined,
  );
}

/** Nothing here has this name; what was used of it all the same is lost. */
function unrated({ request, facts }: Deciding, item: AskedItem): DecidedItem {
  const answer = refused(item, 'rating_failed');
  const used = request.operation === 'event' ? 0n : bounded(item.used ?? 0n);
  if (used === 0n) return { ...NO_MONEY, answer };
  const group = newGroup(facts, item, { service: request.kind, zone: 'other', free: false });
  return { ...NO_MONEY, answer, record: { ...recordOf(item, group, used, NOTHING_DEBITED), lost: used, why: 'rating_failed' } };
}

/** Done whole or not at all: tried on a copy of the books first. It begins and ends with itself, so no group remembers it. */
function decideEvent({ request, facts, books }: Deciding, item: AskedItem, classified: ClassifiedUse): DecidedItem {
  const group = newGroup(facts, item, classified);
  const used = bounded(item.used ?? item.asked ?? 1n);
  const { free } = classified;
  const context = contextOf(facts, group.service, group.zone);
  const use = { group, used, usedAfterTariffChange: 0n, free, context, plan: facts.plan };
  if (!free) {
    if (!isInService(facts.lineState)) return { ...NO_MONEY, answer: refused(item, 'service_denied') };
    const money = { balanceMinor: books.moneyMinor, heldMinor: 0n, creditLimitMinor: 0n };
    const tried = debitUse(new WorkingBooks({ ...facts.account, ...money }, books.allowances(), facts.session.lineId), use);
    if (tried.lost > 0n || tried.lostMinor > 0n) return { ...NO_MONEY, answer: refused(item, 'credit_limit_reached') };
  }
  const debited = debitUse(books, use);
  const record: RecordedItem = { ...recordOf(item, group, used, debited), granted: used, why: 'asked' };
  return {
    answer: given(item, used),
    record,
    paidMinor: debited.paidMinor,
    lostMinor: 0n,
    spent: isSpent({ request, facts, books }, debited),
  };
}

/** Paid with the last of it: a line that pays as it goes stops, though nothing was refused yet. */
function isSpent({ facts, books }: Deciding, { paidMinor }: Debited): boolean {
  return paidMinor > 0n && books.ownedMinor === 0n && facts.plan?.exhaustion.kind === 'pay_as_you_go';
}

/** What was held has been given back, and what was used is known: the group before it is granted anything. */
function settle({ request, facts }: Deciding, group: SessionGroup, used: bigint, debited: Debited): SessionGroup {
  const nowMs = facts.transportNow.getTime();
  const beyond = used > group.granted ? used - group.granted : 0n;
  // Beyond the grant and covered at full speed nobody has lost anything. Where no policy door lowers the speed, pacing is all there is.
  const uncovered = debited.lost + (request.profile.hasPolicyDoor ? 0n : debited.throttled);
  return {
    ...group,
    held: [],
    heldMinor: 0n,
    granted: 0n,
    tallies: debited.tallies,
    reportedMs: nowMs,
    ratePerSecond: used > 0n ? paceAfter(group.ratePerSecond, used, (nowMs - group.reportedMs) / 1000) : group.ratePerSecond,
    overrun: group.overrun + (beyond < uncovered ? beyond : uncovered),
  };
}

function decideGrant(
  { request, facts, books }: Deciding,
  item: AskedItem,
  group: SessionGroup,
  free: boolean,
  record: RecordedItem,
): Pick<DecidedItem, 'answer' | 'record' | 'group' | 'spent'> {
  const { profile, kind } = request;
  const { plan, market, waits } = facts;
  const validitySecondsMax = facts.purchaseOpen ? profile.validitySecondsBuying : profile.validitySecondsMax;
  const no = (why: ChargingResult, spent: boolean) => {
    const answer = isLed({ request, facts, books }) ? led(item, validitySecondsMax) : refused(item, why);
    return { answer, record: { ...record, why }, group, spent };
  };
  if (!free && !isInService(facts.lineState)) return no('service_denied', false);
  const context = contextOf(facts, group.service, group.zone);
  const granted = grantQuota(books, {
    group,
    free,
    context,
    plan,
    market,
    profile,
    limits: profile[kind],
    validitySecondsMax,
    waits,
  });
  if (typeof granted === 'string') return no('credit_limit_reached', granted === 'spent');
  const answer: AnsweredItem = {
    ...keyOf(item),
    result: 'success',
    granted: granted.units,
    validitySeconds: granted.validitySeconds,
    threshold: thresholdOf(request, granted),
    tariffChangeAt: granted.tariffChange?.at ?? null,
    final: granted.final && profile.tellsFinal,
    speed: granted.speed,
  };
  return { answer, record: { ...record, granted: granted.units, why: granted.why }, group: holding(group, granted), spent: false };
}

/**
 * What would bring it back is for sale on a page, and its peer can lead there: the line has stopped, or its data has just come to its
 * end and nothing waits for that. Of what others hold, or of what this plan never served, no page sells more.
 */
function isLed({ request, facts, books }: Deciding): boolean {
  const { lineState, plan, waits } = facts;
  if (request.leadsToPage !== true || !request.profile.tellsFinal || request.kind !== 'data' || waits === true) return false;
  if (!isInService(lineState)) return LIFECYCLE[lineState].renew !== undefined;
  if (lineState === 'stopped') return true;
  return plan?.exhaustion.kind === 'stop' && standingOf(books.allowances(), contextOf(facts, 'data', HOME_ZONE)).speed === 'stopped';
}

function holding(group: SessionGroup, granted: Granted): SessionGroup {
  return {
    ...group,
    held: granted.held.map(({ allowanceId, quantity }) => [allowanceId, quantity] as const),
    granted: granted.units,
    tariff: granted.tariff,
    tariffNext: granted.tariffChange?.tariff,
    heldMinor: granted.heldMinor,
    holds: granted.heldMinor > 0n ? group.holds + 1 : group.holds,
  };
}

/** Asking again before the end keeps traffic from stalling; at the very end there is nothing to ask for. */
function thresholdOf({ profile, kind }: ChargingRequest, { units, final }: Granted): bigint | null {
  if (final || kind !== 'data' || profile.thresholdPercent === 0) return null;
  return (units * BigInt(profile.thresholdPercent)) / 100n;
}

export function contextOf({ plan, session, now }: ChargeFacts, service: SessionGroup['service'], zone: string): UseContext {
  return { service, zone, lineId: session.lineId, now, policy: usePolicy(plan) };
}

function newGroup({ market, now, transportNow }: ChargeFacts, item: AskedItem, { service, zone }: ClassifiedUse): SessionGroup {
  return {
    ...{ ...keyOf(item), service, zone, held: [], granted: 0n, tariff: tariffAt(market, now), tariffNext: undefined },
    ...{ ratePerSecond: 0, reportedMs: transportNow.getTime(), heldMinor: 0n, holds: 0, overrun: 0n, tallies: [] },
  };
}

function bounded(units: bigint): bigint {
  if (units < 0n) return 0n;
  return units < UNITS_MAX ? units : UNITS_MAX;
}

function keyOf({ ratingGroup, serviceIdentifier }: AskedItem) {
  return { ratingGroup, serviceIdentifier };
}

/** Of an answer that grants nothing. */
export const UNGRANTED = {
  granted: null,
  validitySeconds: null,
  threshold: null,
  tariffChangeAt: null,
  final: false,
  speed: 'full',
} as const;

function refused(item: AskedItem, result: ChargingResult): AnsweredItem {
  return { ...keyOf(item), ...UNGRANTED, result };
}

/** A final unit indication without a grant. Its validity lets it ask again, should nobody reach it when the line is back. */
function led(item: AskedItem, validitySeconds: number): AnsweredItem {
  return { ...keyOf(item), ...UNGRANTED, result: 'success', validitySeconds, final: true };
}

function given(item: AskedItem, units: bigint | null): AnsweredItem {
  return { ...keyOf(item), ...UNGRANTED, result: 'success', granted: units };
}

const NOTHING_DEBITED = { from: [], free: 0n, paid: 0n, paidMinor: 0n, lost: 0n, lostMinor: 0n, rates: [] } as const;

function recordOf(
  item: AskedItem,
  { ratingGroup, service, zone }: SessionGroup,
  used: bigint,
  debited: Omit<Debited, 'throttled' | 'tallies'>,
): RecordedItem {
  const { from, free, paid, paidMinor, lost, lostMinor, rates } = debited;
  const record: RecordedItem = {
    ratingGroup,
    service,
    zone,
    asked: item.asked ?? null,
    used,
    from: from.map(({ allowanceId, quantity }) => [allowanceId, quantity] as const),
    free,
    paid,
    paidMinor,
    lost,
    granted: null,
    why: null,
  };
  if (lostMinor === 0n && rates.length === 0) return record;
  return { ...record, ...(lostMinor > 0n ? { lostMinor } : {}), ...(rates.length > 0 ? { rates } : {}) };
}
