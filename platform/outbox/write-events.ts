import { statement, type Transaction } from '#platform/database';
import { encodeJson } from '#platform/json';

export type OutboxEvent = {
  readonly slot: number;
  readonly accountId: bigint;
  readonly eventId: bigint;
  /** `<folder>.<what happened>`, e.g. `orders.applied`. */
  readonly kind: string;
  /** Plain data (platform/json). */
  readonly payload: object;
  /** Business time. */
  readonly at: Date;
};

type Columns = {
  slots: number[];
  accountIds: bigint[];
  eventIds: bigint[];
  kinds: string[];
  payloads: string[];
  ats: Date[];
};
const insertEvents = statement<Columns>(import.meta.dirname, 'write-events');

/** Writes events in the cause's own transaction; the relay finds them after it commits (O1). */
export function writeEvents(tx: Transaction, events: readonly OutboxEvent[]): void {
  if (events.length === 0) return;
  tx.write(insertEvents, {
    slots: events.map((event) => event.slot),
    accountIds: events.map((event) => event.accountId),
    eventIds: events.map((event) => event.eventId),
    kinds: events.map((event) => event.kind),
    payloads: events.map((event) => encodeJson(event.payload)),
    ats: events.map((event) => event.at),
  });
}
