/**
 * The mix of requests that a packet core sends: sessions that begin, report eight times and end, on lines taken in turn. A
 * tenth of the lines has a session at any moment; whichever asks next is drawn at random, as reports come in.
 */
import { hash } from 'node:crypto';
import { type ChargingAnswer, type ChargingRequest, PROFILES } from '#domain/charging';
import { assert } from '#platform/assert';

export type Played = { readonly imsi: string };

type Place = { imsi: string; reference: string; number: bigint; granted: bigint; busy: boolean };

export type Plays = {
  /** Sends one request of some session, and takes its answer in. */
  next(charge: (request: ChargingRequest) => Promise<ChargingAnswer>): Promise<void>;
  /** How many sessions there can be at once. */
  readonly places: number;
  /** Sessions that have begun. */
  readonly open: number;
  /** What was reported as used, and answered with success. */
  readonly used: bigint;
};

const REPORTS = 8;
const SHARE_OPEN = 10;

export function playSessions(lines: readonly Played[], peer = 'smf.bench'): Plays {
  const places: Place[] = Array.from({ length: Math.max(1, Math.floor(lines.length / SHARE_OPEN)) }, () => emptyPlace());
  let nextLine = 0;
  let count = 0;
  let open = 0;
  let used = 0n;

  function begin(place: Place): ChargingRequest {
    const line = lines[nextLine++ % lines.length];
    assert(line !== undefined, 'there are lines');
    count += 1;
    Object.assign(place, { imsi: line.imsi, reference: `${peer};${count}`, number: 0n });
    return requestOf(place, 'begin', undefined);
  }

  return {
    places: places.length,
    get open() {
      return open;
    },
    get used() {
      return used;
    },
    async next(charge) {
      let place = places[Math.floor(Math.random() * places.length)] as Place;
      while (place.busy) place = places[Math.floor(Math.random() * places.length)] as Place;
      place.busy = true;
      try {
        const operation = place.number < 0n ? 'begin' : place.number >= BigInt(REPORTS) ? 'end' : 'update';
        // Some nine tenths of what was granted, as when a threshold is met.
        const report = operation === 'begin' ? 0n : (place.granted * 9n) / 10n;
        if (operation !== 'begin') place.number += 1n;
        const answer = await charge(operation === 'begin' ? begin(place) : requestOf(place, operation, report));
        assert(answer.result === 'success', `a request of the bench is answered with success, not ${answer.result}`);
        used += report;
        place.granted = answer.items[0]?.granted ?? 0n;
        if (operation === 'begin') open += 1;
        if (operation === 'end') {
          open -= 1;
          Object.assign(place, emptyPlace());
        }
      } finally {
        place.busy = false;
      }
    },
  };

  function requestOf(place: Place, operation: 'begin' | 'update' | 'end', report: bigint | undefined): ChargingRequest {
    const item = { ratingGroup: 10, serviceIdentifier: null };
    return {
      peer,
      profile: PROFILES.standard,
      reference: place.reference,
      operation,
      key: `${operation}:${place.number}`,
      number: place.number,
      contentHash: hash('md5', `${operation}${report ?? ''}`, 'buffer'),
      line: { imsi: place.imsi },
      kind: 'data',
      items: [{ ...item, ...(operation === 'end' ? {} : { asked: null }), ...(report === undefined ? {} : { used: report }) }],
    };
  }
}

/** Until nearly all that shall be open are: from then on the mix is what it stays. */
export async function openSessions(plays: Plays, one: () => Promise<void>, clients: number): Promise<void> {
  const wanted = Math.floor(plays.places * 0.8);
  const run = async () => {
    while (plays.open < wanted) await one();
  };
  await Promise.all(Array.from({ length: clients }, run));
}

function emptyPlace(): Place {
  return { imsi: '', reference: '', number: -1n, granted: 0n, busy: false };
}
