/** A charging session: what one peer's session of one line holds, by rating group. */
import type { Service } from '#domain/catalog';
import { assert } from '#platform/assert';
import type { ServiceKind } from './charging.ts';

export type SessionKey = { readonly slot: number; readonly accountId: bigint; readonly sessionId: bigint };

export type Session = SessionKey & {
  readonly lineId: bigint;
  /** "2026-11-21": UTC day of its beginning. */
  readonly beganOn: string;
  readonly peer: string;
  readonly reference: string;
  readonly notify: string | null;
  readonly kind: ServiceKind;
  readonly visitedNetwork: string | null;
  readonly destination: string | null;
  readonly state: 'open' | 'closed';
  readonly lastNumber: bigint;
  readonly groups: readonly SessionGroup[];
  /** How many requests it has had. */
  readonly step: number;
  readonly beganAt: Date;
  readonly lastAt: Date;
  readonly checkAt: Date;
  readonly endedAt: Date | null;
  readonly endReason: EndReason | null;
};

export type EndReason = 'ended' | 'silent' | 'too_old' | 'peer_restarted' | 'moved' | 'stopped';

/** What one rating group of a session holds, and what it has used and paid so far. */
export type SessionGroup = {
  readonly ratingGroup: number | null;
  readonly serviceIdentifier: number | null;
  readonly service: Service;
  readonly zone: string;
  /** Held of allowances, in order of use: a use is debited to these first. */
  readonly held: readonly Held[];
  readonly granted: bigint;
  /** Of the grant; and the one announced with it, where it changes before the grant ends. Null: the ordinary tariff. */
  readonly tariff: string | null;
  readonly tariffNext: string | null | undefined;
  readonly ratePerSecond: number;
  /** Transport time of its last report or grant, in milliseconds. */
  readonly reportedMs: number;
  /** Money held for what no allowance covers. */
  readonly heldMinor: bigint;
  /** Counts its holds: each has a reference of its own. */
  readonly holds: number;
  /** Used beyond what was granted, in all. */
  readonly overrun: bigint;
  /** What was used and debited at each price (plan and tariff). */
  readonly tallies: readonly SessionTally[];
};

export type Held = readonly [allowanceId: bigint, quantity: bigint];
export type SessionTally = { readonly of: string; readonly units: bigint; readonly debitedMinor: bigint };

export function sameGroup(
  one: Pick<SessionGroup, 'ratingGroup' | 'serviceIdentifier'>,
  other: Pick<SessionGroup, 'ratingGroup' | 'serviceIdentifier'>,
): boolean {
  return one.ratingGroup === other.ratingGroup && one.serviceIdentifier === other.serviceIdentifier;
}

/** What changes of a session while it goes on, as its last request keeps it. */
export function encodeState({ lastNumber, lastAt, groups }: Session): string {
  return `["${lastNumber}",${lastAt.getTime()},${encodeGroups(groups)}]`;
}

/** What `encodeState` wrote, as the driver parsed it. */
export function decodeState(parsed: unknown): Pick<Session, 'lastNumber' | 'lastAt' | 'groups'> {
  const [lastNumber, lastMs, groups] = parsed as [string, number, unknown];
  return { lastNumber: BigInt(lastNumber), lastAt: new Date(lastMs), groups: decodeGroups(groups) };
}

/** Arrays in the order below, because they are written with every request. */
export function encodeGroups(groups: readonly SessionGroup[]): string {
  return JSON.stringify(
    groups.map((group) => [
      group.ratingGroup,
      group.serviceIdentifier,
      group.service,
      group.zone,
      group.held.map(([allowanceId, quantity]) => [`${allowanceId}`, `${quantity}`]),
      `${group.granted}`,
      group.tariff,
      group.tariffNext === undefined ? 0 : group.tariffNext,
      Math.round(group.ratePerSecond),
      group.reportedMs,
      `${group.heldMinor}`,
      group.holds,
      `${group.overrun}`,
      group.tallies.map(({ of, units, debitedMinor }) => [of, `${units}`, `${debitedMinor}`]),
    ]),
  );
}

/** What `encodeGroups` wrote, as the driver parsed it. */
export function decodeGroups(parsed: unknown): SessionGroup[] {
  assert(Array.isArray(parsed), 'groups are a list');
  return (parsed as EncodedGroup[]).map((row) => ({
    ratingGroup: row[0],
    serviceIdentifier: row[1],
    service: row[2],
    zone: row[3],
    held: row[4].map(([allowanceId, quantity]) => [BigInt(allowanceId), BigInt(quantity)] as const),
    granted: BigInt(row[5]),
    tariff: row[6],
    tariffNext: row[7] === 0 ? undefined : row[7],
    ratePerSecond: row[8],
    reportedMs: row[9],
    heldMinor: BigInt(row[10]),
    holds: row[11],
    overrun: BigInt(row[12]),
    tallies: row[13].map(([of, units, debitedMinor]) => ({ of, units: BigInt(units), debitedMinor: BigInt(debitedMinor) })),
  }));
}

type EncodedGroup = [
  number | null,
  number | null,
  Service,
  string,
  [string, string][],
  string,
  string | null,
  string | null | 0,
  number,
  number,
  string,
  number,
  string,
  [string, string, string][],
];
