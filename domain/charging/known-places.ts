/**
 * Where the open sessions live that this node has seen: a claim never moves once it is made, so what is known stays true. A session
 * that is not known here is looked up.
 */
import type { ChargingRequest } from './charging.ts';
import { begins, type Located, type Place } from './locate-requests.ts';

export type SessionName = Pick<ChargingRequest, 'peer' | 'reference'>;

export type KnownPlaces = {
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
      if (begins(request) || request.operation === 'refund') return undefined;
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
