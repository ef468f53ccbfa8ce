/**
 * Causes write events in their own transaction; the relay turns each into one job per consumer, in one transaction with
 * the mark that says so; each consumer applies it once (O1). Any number of relays may run: they skip each other's rows.
 */

import { HOUR_MS } from '#platform/clock';
import { type Database, type Queries, statement, type Transaction } from '#platform/database';
import { addJob } from '#platform/jobs';
import { decodeJson } from '#platform/json';
import type { Tools } from '#platform/tools';
import type { OutboxEvent } from './write-events.ts';

export type EventKey = { readonly slot: number; readonly accountId: bigint; readonly eventId: bigint };

/** What consumes which kinds of event. */
export type Consumer = {
  readonly name: string;
  readonly kinds: readonly string[] | 'all';
  /** Applies the event inside the transaction that marks it applied. No outside calls. */
  readonly apply: (tx: Transaction, event: OutboxEvent) => Promise<void>;
};

/** The job task under which relayed events are applied. */
export const APPLY_EVENT = 'apply_event';
const BATCH_EVENTS = 500;
/** Of those who apply by themselves: few, so that a relay beside them finds little of the same, and a mark is soon written. */
const APPLIED_EVENTS = 100;
/** A commit waits for the disk; several at once wait together. Measured: a lane alone took six times as long. */
const LANES = 8;

const takeWaiting = statement<{ limitRows: number }, EventKey & { kind: string; at: Date }>(import.meta.dirname, 'take-waiting');
const readWaiting = statement<{ limitRows: number }, OutboxEvent>(import.meta.dirname, 'read-waiting');
const markRelayed = statement<{ slots: number[]; accountIds: bigint[]; eventIds: bigint[]; at: Date }>(import.meta.dirname, 'mark-relayed');
const readEventRow = statement<EventKey, OutboxEvent>(import.meta.dirname, 'read-event');
const markApplied = statement<EventKey & { consumer: string; at: Date }, { eventId: bigint }>(import.meta.dirname, 'mark-applied');

const countWaitingRows = statement<object, { count: bigint }>(import.meta.dirname, 'count-waiting');

/** How many events nobody has relayed yet. */
export async function countWaiting(queries: Queries): Promise<bigint> {
  return (await queries.one(countWaitingRows, {})).count;
}

/** Relays what waits, up to a batch; gives how many events. */
export function relayEvents(database: Database, consumers: readonly Consumer[], at: Date): Promise<number> {
  return database.transaction(async (tx) => {
    const events = await tx.query(takeWaiting, { limitRows: BATCH_EVENTS });
    if (events.length === 0) return 0;
    const newest = Math.max(...events.map((event) => event.at.getTime()));
    const jobs = events.flatMap((event) =>
      consumers.filter((one) => consumes(one, event.kind)).map((one) => jobFor(event, one.name, newest)),
    );
    await Promise.all([...jobs.map((job) => addJob(tx, job)), tx.query(markRelayed, marksOf(events, at))]);
    return events.length;
  });
}

/**
 * Applies what waits in this process and marks it relayed afterwards; gives how many events. For moving clocks, seeding and
 * the command line: dying in between only means that a relay finds the rest, and nothing is applied twice. An account's
 * events go in order, accounts beside one another.
 */
export async function applyWaiting(tools: Pick<Tools, 'database' | 'clock'>, consumers: readonly Consumer[]): Promise<number> {
  const events = await tools.database.query(readWaiting, { limitRows: APPLIED_EVENTS });
  if (events.length === 0) return 0;
  const waiting = [...Map.groupBy(events, (event) => event.accountId).values()];
  const lane = async () => {
    for (let ofAccount = waiting.shift(); ofAccount !== undefined; ofAccount = waiting.shift())
      for (const event of ofAccount)
        for (const consumer of consumers) if (consumes(consumer, event.kind)) await applyOnce(tools, consumer, event);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  // In a transaction for its retries: two who mark the same events (a clock moved twice at once) may stand in each other's way.
  await tools.database.transaction((tx) => tx.query(markRelayed, marksOf(events, tools.clock.transport())));
  return events.length;
}

function marksOf(events: readonly EventKey[], at: Date) {
  return {
    slots: events.map((event) => event.slot),
    accountIds: events.map((event) => event.accountId),
    eventIds: events.map((event) => event.eventId),
    at,
  };
}

/** Behind this, news is old: a clock that was moved or an import must not keep fresh news waiting. */
const OLD_MS = HOUR_MS;

function jobFor({ slot, accountId, eventId, at }: EventKey & { at: Date }, consumer: string, newestMs: number) {
  const payload = { slot, accountId: `${accountId}`, eventId: `${eventId}`, consumer };
  return { task: APPLY_EVENT, payload, jobKey: `${eventId}:${consumer}`, priority: newestMs - at.getTime() > OLD_MS ? 10 : 0 };
}

/** What the payload of an `apply_event` job says. */
export function readJobPayload(payload: unknown): EventKey & { consumer: string } {
  const { slot, accountId, eventId, consumer } = payload as { slot: number; accountId: string; eventId: string; consumer: string };
  return { slot, accountId: BigInt(accountId), eventId: BigInt(eventId), consumer };
}

const relayAgainRows = statement<{ consumer: string; kinds: readonly string[] | null }>(import.meta.dirname, 'relay-again');

/** Lets every event wait again that some consumer has not applied: after a restore, which brings events and no jobs. */
export async function relayAgain(queries: Queries, consumers: readonly Consumer[]): Promise<void> {
  for (const { name, kinds } of consumers) await queries.query(relayAgainRows, { consumer: name, kinds: kinds === 'all' ? null : kinds });
}

/** True the first time, in a transaction that commits; two who come at once wait for one another. */
export async function markOnce(tx: Transaction, consumer: string, { slot, accountId, eventId }: EventKey, at: Date): Promise<boolean> {
  return (await tx.maybe(markApplied, { slot, accountId, eventId, consumer, at })) !== undefined;
}

/** Applies one event for one consumer, once however often it is asked. Gives whether it was applied now. */
export function applyOnce(tools: Pick<Tools, 'database' | 'clock'>, consumer: Consumer, key: EventKey): Promise<boolean> {
  const { slot, accountId, eventId } = key;
  return tools.database.transaction(async (tx) => {
    if (!(await markOnce(tx, consumer.name, key, tools.clock.transport()))) return false;
    const event = await tx.one(readEventRow, { slot, accountId, eventId });
    await consumer.apply(tx, { ...event, payload: decodeJson<object>(event.payload) });
    return true;
  });
}

export function consumes(consumer: Consumer, kind: string): boolean {
  return consumer.kinds === 'all' || consumer.kinds.includes(kind);
}
