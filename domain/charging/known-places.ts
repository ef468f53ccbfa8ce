/**
 * Where the open sessions live that this node has seen: a claim never moves once it is made, so what is known stays true. A session
 * that is not known here is looked up.
 */
import type { ChargingRequest } from './charging.ts';
import type { Located, Place } from './locate-requests.ts';

export type SessionName = Pick<ChargingRequest, 'peer' | 'reference'>;

export type KnownPlaces = {
  /** Of a request that begins a session only where it was begun already: then it is a repeat, and meets nobody in its batch. */
  of(request: ChargingRequest): Located | undefined;
  /** Of a session that is there: it was found, or has begun and is committed. */
  keep(name: SessionName, place: Place): void;
  /** It has ended; what is repeated of it later is looked up. */
  forget(name: SessionName): void;
};

const PLACES_MAX = 200_000;

/** Those that came first are forgotten first. */
export function createKnownPlaces(placesMax = PLACES_MAX): KnownPlaces {
  const known = new Map<string, Place>();
  return {
    of(request) {
      if (request.operation === 'event' || request.operation === 'refund') return undefined;
      const place = known.get(keyOf(request));
      if (place === undefined) return undefined;
      const { slot, accountId, lineId, sessionId } = place;
      return { request, slot, accountId, lineId, sessionId };
    },
    keep(name, { slot, accountId, lineId, sessionId }) {
      known.set(keyOf(name), { slot, accountId, lineId, sessionId });
      if (known.size > placesMax) for (const eldest of known.keys()) return void known.delete(eldest);
    },
    forget: (name) => void known.delete(keyOf(name)),
  };
}

/** A peer's name has no blank: it is a host's, or an identifier. */
function keyOf({ peer, reference }: SessionName): string {
  return `${peer} ${reference}`;
}
