/**
 * Whom a request is about: a session by the name its peer gave it, a line by its IMSI. Outside any transaction: a claim
 * never moves, and where a SIM has moved meanwhile the account's lock is taken for the line it was in when it asked.
 */
import { type Queries, statement } from '#platform/database';
import type { ChargingRequest } from './charging.ts';
import { readEventName } from './name-event.ts';

export type Located = {
  readonly request: ChargingRequest;
  readonly slot: number;
  readonly accountId: bigint;
  readonly lineId: bigint;
  /** Null for one that begins. */
  readonly sessionId: bigint | null;
};
export type Place = Omit<Located, 'request'>;
export type NotLocated = 'user_unknown' | 'unknown_session';

type SessionPlace = { place: bigint; slot: number; accountId: bigint; lineId: bigint; sessionId: bigint };
const locateSessionRows = statement<{ peers: string[]; references: string[] }, SessionPlace>(import.meta.dirname, 'locate-sessions');
const locateLineRows = statement<{ imsis: (string | null)[]; numbers: (string | null)[] }, Omit<SessionPlace, 'sessionId'>>(
  import.meta.dirname,
  'locate-lines',
);

/** One for each request, in their order. A session that is known wins over the line, also for a request that begins it again. */
export async function locateRequests(queries: Queries, requests: readonly ChargingRequest[]): Promise<(Located | NotLocated)[]> {
  const beginning = requests.filter(begins);
  const going = requests.filter((request) => !begins(request) && request.operation !== 'refund');
  const [sessions, lines] = await Promise.all([locateSessions(queries, going), locateLines(queries, beginning)]);
  return requests.map((request) => {
    if (request.operation === 'refund') return locateRefund(request);
    const place = begins(request) ? lines.get(request) : sessions.get(request);
    return place === undefined ? (begins(request) ? 'user_unknown' : 'unknown_session') : { request, ...place };
  });
}

/** A refund lives where its event does, whatever line the SIM serves now; which line that was, its session knows. */
function locateRefund(request: ChargingRequest): Located | NotLocated {
  const event = readEventName(request.refundOf);
  return event === undefined ? 'unknown_session' : { request, slot: event.slot, accountId: event.accountId, lineId: 0n, sessionId: null };
}

/** The session this peer calls so, if it was ever begun. */
export async function locateSession(queries: Queries, request: ChargingRequest): Promise<Place | undefined> {
  return (await locateSessions(queries, [request])).get(request);
}

export function begins({ operation }: Pick<ChargingRequest, 'operation'>): boolean {
  return operation === 'begin' || operation === 'event';
}

async function locateSessions(queries: Queries, requests: readonly ChargingRequest[]): Promise<Map<ChargingRequest, Place>> {
  if (requests.length === 0) return new Map();
  const asked = { peers: requests.map(({ peer }) => peer), references: requests.map(({ reference }) => reference) };
  return placesOf(requests, await queries.query(locateSessionRows, asked));
}

async function locateLines(queries: Queries, requests: readonly ChargingRequest[]): Promise<Map<ChargingRequest, Place>> {
  if (requests.length === 0) return new Map();
  const rows = await queries.query(locateLineRows, {
    imsis: requests.map(({ line }) => line.imsi ?? null),
    numbers: requests.map(({ line }) => line.number ?? null),
  });
  return placesOf(
    requests,
    rows.map((row) => ({ ...row, sessionId: null })),
  );
}

function placesOf(requests: readonly ChargingRequest[], rows: readonly (Place & { place: bigint })[]): Map<ChargingRequest, Place> {
  const places = new Map<ChargingRequest, Place>();
  for (const { place, slot, accountId, lineId, sessionId } of rows) {
    const request = requests[Number(place) - 1];
    if (request !== undefined) places.set(request, { slot, accountId, lineId, sessionId });
  }
  return places;
}
