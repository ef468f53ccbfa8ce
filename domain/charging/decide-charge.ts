/**
 * One request, decided: a pure function of the request and of what the account is under its lock. What was used is
 * debited, what the session held is given back, and what it may use next is reserved; the row that records it says why.
 */
import { DATA_THRESHOLDS_PERCENT, type Standing, standingOf, thresholdsCrossed, type UsableAllowance } from '#domain/allowances';
import { HOME_ZONE, type Market, type Plan } from '#domain/catalog';
import type { Account } from '#domain/ledger';
import type { LineState } from '#domain/lines';
import type { AnsweredItem, AskedItem, ChargingAnswer, ChargingRequest, RecordedItem } from './charging.ts';
import { contextOf, type Deciding, decideItem, UNGRANTED } from './decide-item.ts';
import { nameEvent } from './name-event.ts';
import type { ChargingResult } from './results.ts';
import { type EndReason, type Session, type SessionGroup, sameGroup } from './session.ts';
import { type AllowanceChange, WorkingBooks } from './working-books.ts';

/** What is decided from: what is so under the lock, or given. */
export type ChargeFacts = {
  readonly account: Account;
  readonly lineState: LineState;
  readonly plan: Plan | undefined;
  readonly market: Market;
  /** The line's and the shared, those that have ended too while sessions hold of them. */
  readonly allowances: readonly UsableAllowance[];
  /** As it was before the request; a new one for a request that begins it. */
  readonly session: Session;
  readonly isNew: boolean;
  /** Business time under the lock; transport time. */
  readonly now: Date;
  readonly transportNow: Date;
  /** The session has gone on or ended without this request: its use is debited, and nothing is granted. */
  readonly late: boolean;
  /** Somebody is about to buy for the line. */
  readonly purchaseOpen: boolean;
  /** A plan waits for the end of the data: no quota is the last one. */
  readonly waits?: boolean;
};

export type Charge = {
  readonly answer: ChargingAnswer;
  readonly items: readonly RecordedItem[];
  readonly changes: readonly AllowanceChange[];
  /** Those it was decided from, as they are after it. */
  readonly allowances: readonly UsableAllowance[];
  readonly session: Session;
  readonly paidMinor: bigint;
  readonly lostMinor: bigint;
  /** Of the line's data, before and after; null for voice and messages. */
  readonly standing: { readonly before: Standing; readonly after: Standing; readonly crossedPercent: readonly number[] } | null;
  /** No money is left, or none is taken for this: a line that pays as it goes stops. */
  readonly spent: boolean;
};

export function decideCharge(request: ChargingRequest, facts: ChargeFacts): Charge {
  const books = new WorkingBooks(facts.account, facts.allowances, facts.session.lineId);
  const deciding: Deciding = { request, facts, books };
  const before = standingBefore(deciding);
  let groups = facts.session.groups;
  let answered: AnsweredItem[] = [];
  let recorded: RecordedItem[] = [];
  let [paidMinor, lostMinor, spent] = [0n, 0n, false];
  for (const item of itemsOf(request, groups)) {
    const known = groups.find((group) => sameGroup(group, item));
    const one = decideItem(deciding, item, known);
    answered.push(one.answer);
    if (one.record !== undefined) recorded.push(one.record);
    if (one.group !== undefined) groups = [...groups.filter((group) => !sameGroup(group, item)), one.group];
    paidMinor += one.paidMinor;
    lostMinor += one.lostMinor;
    spent ||= one.spent;
  }
  const stops = isPastOverrun(request, facts, groups);
  if (stops) {
    groups = groups.map((group) => giveBack(books, group));
    answered = answered.map(stopped);
    recorded = recorded.map((item) => ({ ...item, granted: null, why: 'overrun' }));
  }
  const result = commandResult(request, answered);
  const session = sessionAfter(facts, request, groups, stops ? 'stopped' : endOf(request, result));
  const standing = before && { before, ...standingAfter(deciding, before) };
  const named = request.operation === 'event' && result === 'success' ? { refundInformation: nameEvent(session, request.key) } : {};
  return {
    answer: { result, items: answered, ...named },
    items: recorded,
    changes: books.changes(),
    allowances: books.allowances(),
    session,
    paidMinor,
    lostMinor,
    standing,
    spent,
  };
}

/** An end that names not all groups ends them all. */
function itemsOf({ operation, items }: ChargingRequest, groups: readonly SessionGroup[]): readonly AskedItem[] {
  if (operation !== 'end') return items;
  const named = (group: SessionGroup) => items.some((item) => sameGroup(item, group));
  const unnamed = groups.filter((group) => !named(group));
  return [...items, ...unnamed.map(({ ratingGroup, serviceIdentifier }) => ({ ratingGroup, serviceIdentifier }))];
}

/** Where all of a beginning is refused for one reason, the whole is; what goes on is told by rating group. */
function commandResult({ operation }: ChargingRequest, answered: readonly AnsweredItem[]): ChargingResult {
  const [first] = answered;
  if (first === undefined || operation === 'update' || operation === 'end') return 'success';
  return answered.every(({ result }) => result === first.result) ? first.result : 'success';
}

/** Its peer lets through what nobody granted and nobody pays for, again and again: past the profile's limit it is stopped, whatever is owned by now (G6). */
function isPastOverrun({ operation, profile }: ChargingRequest, { late }: ChargeFacts, groups: readonly SessionGroup[]): boolean {
  if (late || (operation !== 'begin' && operation !== 'update')) return false;
  return groups.reduce((sum, { overrun }) => sum + overrun, 0n) > profile.overrunMax;
}

function giveBack(books: WorkingBooks, group: SessionGroup): SessionGroup {
  for (const [allowanceId, quantity] of group.held) books.release(allowanceId, quantity);
  books.unholdMoney(group.heldMinor);
  return { ...group, held: [], heldMinor: 0n, granted: 0n };
}

/** A refusal that ends the session. */
function stopped(item: AnsweredItem): AnsweredItem {
  return { ...item, result: 'credit_limit_reached', ...UNGRANTED, final: true };
}

/** A refused beginning begins nothing at the peer either (RFC 8506 §7, Idle): no end of it will be told. */
function endOf({ operation }: ChargingRequest, result: ChargingResult): EndReason | null {
  return operation === 'end' || operation === 'event' || (operation === 'begin' && result !== 'success') ? 'ended' : null;
}

function sessionAfter(
  { session, isNew, transportNow, late }: ChargeFacts,
  { operation, number: asked }: ChargingRequest,
  groups: readonly SessionGroup[],
  endReason: EndReason | null,
): Session {
  const step = session.step + 1;
  if (late) return { ...session, groups, step };
  // An event is over with its answer: it neither ends nor numbers a session whose name it uses.
  if (operation === 'event' && !isNew) return { ...session, step };
  const number = asked ?? session.lastNumber + 1n;
  const lastNumber = number > session.lastNumber ? number : session.lastNumber;
  const ended = endReason === null ? {} : ({ state: 'closed', endedAt: transportNow, endReason } as const);
  return { ...session, groups, step, lastNumber, lastAt: transportNow, ...ended };
}

/** Of the data as a whole, where the line is at home: what people are told and what decides the line's state. */
function standingBefore({ request, facts, books }: Deciding): Standing | null {
  return request.kind === 'data' ? standingOf(books.allowances(), contextOf(facts, 'data', HOME_ZONE)) : null;
}

function standingAfter({ facts, books }: Deciding, before: Standing) {
  const after = standingOf(books.allowances(), contextOf(facts, 'data', HOME_ZONE));
  return { after, crossedPercent: thresholdsCrossed(before, after, DATA_THRESHOLDS_PERCENT) };
}
