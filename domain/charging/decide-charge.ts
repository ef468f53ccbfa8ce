/**
 * One request, decided: a pure function of the request and of what was read under the account's lock. What was used is
 * debited, what the session held is given back, and what it may use next is reserved; the row that records it says why.
 */
import { type Allowance, DATA_THRESHOLDS_PERCENT, type Standing, standingOf, thresholdsCrossed, type UseContext } from '#domain/allowances';
import type { Market, Plan, Service } from '#domain/catalog';
import type { Account } from '#domain/ledger';
import { isInService, type LineState, usePolicy } from '#domain/lines';
import { type AskedUse, classifyUse } from '#domain/rating';
import { isRefusal } from '#platform/refusals';
import type { AnsweredItem, AskedItem, ChargingAnswer, ChargingRequest, RecordedItem } from './charging.ts';
import { type Debited, debitUse } from './debit-use.ts';
import { type Granted, grantQuota } from './grant-quota.ts';
import type { ChargingResult } from './results.ts';
import { type Session, type SessionGroup, sameGroup } from './session.ts';
import { paceAfter } from './size-quota.ts';
import { type AllowanceChange, openBooks, type WorkingBooks } from './working-books.ts';

/** What is decided from: read under the lock, or given. */
export type ChargeFacts = {
  readonly account: Account;
  readonly lineState: LineState;
  readonly plan: Plan | undefined;
  readonly market: Market;
  /** The line's and the shared, those that have ended too while sessions hold of them. */
  readonly allowances: readonly Allowance[];
  /** As it was before the request; a new one for a request that begins it. */
  readonly session: Session;
  readonly isNew: boolean;
  /** Business time under the lock; transport time. */
  readonly now: Date;
  readonly transportNow: Date;
  /** The session has gone on or ended without this request: its use is debited, and nothing is granted. */
  readonly late: boolean;
};

export type Charge = {
  readonly answer: ChargingAnswer;
  readonly items: readonly RecordedItem[];
  readonly changes: readonly AllowanceChange[];
  readonly session: Session;
  readonly paidMinor: bigint;
  readonly lostMinor: bigint;
  /** Of the line's data, before and after; null for voice and messages. */
  readonly standing: { readonly before: Standing; readonly after: Standing; readonly crossedPercent: readonly number[] } | null;
  /** No money is left, or none is taken for this: a line that pays as it goes stops. */
  readonly spent: boolean;
};

type Deciding = { readonly request: ChargingRequest; readonly facts: ChargeFacts; readonly books: WorkingBooks };

export function decideCharge(request: ChargingRequest, facts: ChargeFacts): Charge {
  const books = openBooks(facts.account, facts.allowances);
  const deciding = { request, facts, books };
  const before = standingBefore(deciding);
  let groups = facts.session.groups;
  const answered: AnsweredItem[] = [];
  const recorded: RecordedItem[] = [];
  let [paidMinor, lostMinor, spent] = [0n, 0n, false];
  const ends = request.operation === 'end' || request.operation === 'event';
  for (const item of itemsOf(request, groups, ends)) {
    const one = decideItem(
      deciding,
      item,
      groups.find((group) => sameGroup(group, item)),
    );
    if (one.answer !== undefined) answered.push(one.answer);
    if (one.record !== undefined) recorded.push(one.record);
    if (one.group !== undefined) groups = [...groups.filter((group) => !sameGroup(group, item)), one.group];
    paidMinor += one.paidMinor;
    lostMinor += one.lostMinor;
    spent ||= one.spent;
  }
  const session = sessionAfter(facts, request, groups, ends);
  const standing = before && { before, ...standingAfter(deciding, before) };
  const result = commandResult(request, answered);
  return { answer: { result, items: answered }, items: recorded, changes: books.changes(), session, paidMinor, lostMinor, standing, spent };
}

/** An end that names not all groups ends them all. */
function itemsOf(request: ChargingRequest, groups: readonly SessionGroup[], ends: boolean): readonly AskedItem[] {
  if (!ends) return request.items;
  const named = (group: SessionGroup) => request.items.some((item) => sameGroup(item, group));
  return [
    ...request.items,
    ...groups.filter((group) => !named(group)).map(({ ratingGroup, serviceIdentifier }) => ({ ratingGroup, serviceIdentifier })),
  ];
}

function commandResult({ operation }: ChargingRequest, answered: readonly AnsweredItem[]): ChargingResult {
  const [first] = answered;
  if (first === undefined || operation === 'update' || operation === 'end') return 'success';
  return answered.every(({ result }) => result === first.result) ? first.result : 'success';
}

type DecidedItem = {
  readonly answer?: AnsweredItem;
  readonly record?: RecordedItem;
  readonly group?: SessionGroup;
  readonly paidMinor: bigint;
  readonly lostMinor: bigint;
  readonly spent: boolean;
};

function decideItem(deciding: Deciding, item: AskedItem, known: SessionGroup | undefined): DecidedItem {
  const { request, facts, books } = deciding;
  const classified = classifyUse(facts.market, askedUse(request, item));
  if (isRefusal(classified)) return { answer: refused(item, 'rating_failed'), paidMinor: 0n, lostMinor: 0n, spent: false };
  const { service, zone, free } = classified;
  const group = known ?? newGroup(item, service, zone, facts.transportNow);
  const context = contextOf(facts, service, zone);
  const exact = request.operation === 'event';
  const used = item.used ?? (exact ? (item.asked ?? 1n) : 0n);
  if (exact) {
    const no = refusalOfEvent(deciding, group, context, free, used);
    if (no !== undefined) return { answer: refused(item, no), paidMinor: 0n, lostMinor: 0n, spent: false };
  }
  const after = item.usedAfterTariffChange ?? 0n;
  // What the session holds now is of a later request: a late report leaves it alone.
  const holder = facts.late ? { ...group, held: [], heldMinor: 0n } : group;
  const debited = debitUse(books, { group: holder, used, usedAfterTariffChange: after, free, context, plan: facts.plan });
  const seconds = (facts.transportNow.getTime() - group.reportedMs) / 1000;
  if (facts.late) {
    const { paidMinor, lostMinor } = debited;
    const record = recordOf(item, group, used, debited);
    return { answer: given(item, null), record, group: { ...group, tallies: debited.tallies }, paidMinor, lostMinor, spent: false };
  }
  const settled: SessionGroup = {
    ...group,
    ...{ held: [], heldMinor: 0n, granted: 0n, tallies: debited.tallies, reportedMs: facts.transportNow.getTime() },
    ratePerSecond: used > 0n ? paceAfter(group.ratePerSecond, used, seconds) : group.ratePerSecond,
    overrun: used > group.granted && !exact ? group.overrun + used - group.granted : group.overrun,
  };
  const sums = { paidMinor: debited.paidMinor, lostMinor: debited.lostMinor };
  const record = recordOf(item, settled, used, debited);
  if (exact)
    return { ...sums, answer: given(item, used), record: { ...record, granted: used, why: 'asked' }, group: settled, spent: false };
  if (item.asked === undefined || request.operation === 'end')
    return { ...sums, answer: given(item, null), record, group: settled, spent: false };
  return { ...sums, ...decideGrant(deciding, item, settled, context, free, record) };
}

function decideGrant(
  { request, facts, books }: Deciding,
  item: AskedItem,
  group: SessionGroup,
  context: UseContext,
  free: boolean,
  record: RecordedItem,
): Pick<DecidedItem, 'answer' | 'record' | 'group' | 'spent'> {
  const { profile } = request;
  const no = (result: ChargingResult, spent: boolean) => ({
    answer: refused(item, result),
    record: { ...record, why: result },
    group,
    spent,
  });
  if (!free && !isInService(facts.lineState)) return no('service_denied', false);
  if (group.overrun > profile.overrunMax) return no('credit_limit_reached', false);
  const { plan, market } = facts;
  const granted = grantQuota(books, { group, free, context, plan, market, profile, limits: profile[request.kind] });
  if (granted === undefined) return no('credit_limit_reached', true);
  const answer: AnsweredItem = {
    ...keyOf(item),
    result: 'success',
    granted: granted.units,
    validitySeconds: granted.validitySeconds,
    threshold: thresholdOf(request, granted),
    tariffChangeAt: granted.tariffChangeAt,
    final: granted.final && profile.tellsFinal,
    speed: granted.speed,
  };
  return { answer, record: { ...record, granted: granted.units, why: granted.why }, group: holding(group, granted), spent: false };
}

function holding(group: SessionGroup, granted: Granted): SessionGroup {
  return {
    ...group,
    held: granted.held.map(({ allowanceId, quantity }) => [allowanceId, quantity] as const),
    granted: granted.units,
    tariff: granted.tariff,
    tariffNext: granted.tariffChangeAt === null ? undefined : null,
    heldMinor: granted.heldMinor,
    holds: granted.heldMinor > 0n ? group.holds + 1 : group.holds,
  };
}

/** Asking again before the end keeps traffic from stalling; at the very end there is nothing to ask for. */
function thresholdOf({ profile, kind }: ChargingRequest, { units, final }: Granted): bigint | null {
  if (final || kind !== 'data' || profile.thresholdPercent === 0) return null;
  return (units * BigInt(profile.thresholdPercent)) / 100n;
}

/** An event is done whole or not at all: tried on a copy of the books. */
function refusalOfEvent(
  { request, facts, books }: Deciding,
  group: SessionGroup,
  context: UseContext,
  free: boolean,
  used: bigint,
): ChargingResult | undefined {
  if (free) return undefined;
  if (!isInService(facts.lineState)) return 'service_denied';
  const trial = openBooks({ ...facts.account, balanceMinor: books.moneyMinor, heldMinor: 0n, creditLimitMinor: 0n }, books.allowances());
  const debited = debitUse(trial, {
    group: { ...group, held: [], heldMinor: 0n },
    ...{ used, usedAfterTariffChange: 0n, free, context, plan: facts.plan },
  });
  return debited.lost > 0n || debited.lostMinor > 0n || request.items.length === 0 ? 'credit_limit_reached' : undefined;
}

function askedUse(request: ChargingRequest, item: AskedItem): AskedUse {
  const { visitedNetwork } = request;
  const where = visitedNetwork === undefined ? {} : { visitedNetwork };
  if (request.kind === 'data') return { kind: 'data', ...where, ...(item.ratingGroup === null ? {} : { ratingGroup: item.ratingGroup }) };
  return { kind: request.kind, ...where, destination: request.destination ?? '' };
}

function contextOf({ plan, session, now }: ChargeFacts, service: Service, zone: string): UseContext {
  return { service, zone, lineId: session.lineId, now, policy: usePolicy(plan) };
}

function newGroup({ ratingGroup, serviceIdentifier }: AskedItem, service: Service, zone: string, at: Date): SessionGroup {
  return {
    ...{ ratingGroup, serviceIdentifier, service, zone },
    ...{ held: [], granted: 0n, tariff: null, tariffNext: undefined, ratePerSecond: 0, reportedMs: at.getTime() },
    ...{ heldMinor: 0n, holds: 0, overrun: 0n, tallies: [] },
  };
}

function keyOf({ ratingGroup, serviceIdentifier }: AskedItem) {
  return { ratingGroup, serviceIdentifier };
}

const UNGRANTED = { granted: null, validitySeconds: null, threshold: null, tariffChangeAt: null, final: false, speed: 'full' } as const;

function refused(item: AskedItem, result: ChargingResult): AnsweredItem {
  return { ...keyOf(item), ...UNGRANTED, result };
}

function given(item: AskedItem, units: bigint | null): AnsweredItem {
  return { ...keyOf(item), ...UNGRANTED, result: 'success', granted: units };
}

function recordOf(item: AskedItem, group: SessionGroup, used: bigint, debited: Debited): RecordedItem {
  return {
    ratingGroup: group.ratingGroup,
    service: group.service,
    zone: group.zone,
    asked: item.asked ?? null,
    used,
    from: debited.from.map(({ allowanceId, quantity }) => [allowanceId, quantity] as const),
    free: debited.free,
    paid: debited.paid,
    paidMinor: debited.paidMinor,
    lost: debited.lost,
    granted: null,
    why: null,
  };
}

function sessionAfter(
  { session, transportNow, late }: ChargeFacts,
  request: ChargingRequest,
  groups: readonly SessionGroup[],
  ends: boolean,
): Session {
  if (late) return { ...session, groups };
  const number = request.number ?? session.lastNumber + 1n;
  const ended = ends ? ({ state: 'closed', endedAt: transportNow, endReason: 'ended' } as const) : {};
  return { ...session, groups, lastNumber: number > session.lastNumber ? number : session.lastNumber, lastAt: transportNow, ...ended };
}

/** Of the data as a whole, where the line is at home: what people are told and what decides the line's state. */
function standingBefore({ request, facts, books }: Deciding): Standing | null {
  return request.kind === 'data' ? standingOf(books.allowances(), contextOf(facts, 'data', 'home')) : null;
}

function standingAfter({ facts, books }: Deciding, before: Standing) {
  const after = standingOf(books.allowances(), contextOf(facts, 'data', 'home'));
  return { after, crossedPercent: thresholdsCrossed(before, after, DATA_THRESHOLDS_PERCENT) };
}
