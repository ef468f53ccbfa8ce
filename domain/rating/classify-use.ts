/**
 * From what the network says to what is sold: rating group or destination to service, visited network to zone. What a peer
 * sends is never asserted on: a network that makes no sense is in no zone, a number that nobody described is refused.
 */
import { HOME_ZONE, type Market, type Network, OTHER_ZONE, RENEWAL_SERVICE, type Service } from '#domain/catalog';
import type { Refusal } from '#platform/refusals';
import type { AskedUse, ClassifiedUse } from './rating.ts';
import { refuse } from './refusals.ts';

/** Refuses `rating.destination_unknown` {destination}: a number no prefix of the market matches is never guessed. */
export function classifyUse({ network }: Pick<Market, 'network'>, use: AskedUse): ClassifiedUse | Refusal<'rating.destination_unknown'> {
  const index = network === undefined ? NOTHING : indexOf(network);
  const zone = zoneIn(index, use.visitedNetwork);
  if (use.kind === 'data') {
    const service = (use.ratingGroup === undefined ? undefined : index.services.get(use.ratingGroup)) ?? 'data';
    return { service, zone, free: service === RENEWAL_SERVICE };
  }
  const { kind, destination } = use;
  if (index.free.has(destination)) return { service: kind, zone, free: true };
  const prefix = /^\+[1-9]\d{0,14}$/.test(destination) ? longest(index.destinations, destination.slice(1)) : undefined;
  if (prefix === undefined) return refuse('rating.destination_unknown', { destination: destination.slice(0, DESTINATION_TOLD_MAX) });
  return { service: prefix.abroad === null ? kind : `${kind}_abroad.${prefix.abroad}`, zone, free: false };
}

/** The zone of a visited network (MCC and MNC, digits only); `home` where it is not said. */
export function zoneOf({ network }: Pick<Market, 'network'>, visitedNetwork?: string): string {
  return zoneIn(network === undefined ? NOTHING : indexOf(network), visitedNetwork);
}

type Reach = { readonly abroad: string | null };
type Index = {
  readonly homes: ReadonlySet<string>;
  readonly zones: ReadonlyMap<string, string>;
  readonly services: ReadonlyMap<number, Service>;
  readonly free: ReadonlySet<string>;
  readonly destinations: ReadonlyMap<string, Reach>;
};
const NOTHING: Index = { homes: new Set(), zones: new Map(), services: new Map(), free: new Set(), destinations: new Map() };

/** Terms never change, so what was looked up for them stays true; every request of the packet core asks. */
const indexes = new WeakMap<Network, Index>();

function indexOf(network: Network): Index {
  const known = indexes.get(network);
  if (known !== undefined) return known;
  const { national, free, abroad } = network.destinations;
  const index: Index = {
    homes: new Set(network.homeNetworks),
    zones: new Map(network.zones.flatMap(({ code, networks }) => networks.map((prefix) => [prefix, code]))),
    services: new Map(network.ratingGroups.map(({ group, service }) => [group, service])),
    free: new Set(free),
    destinations: new Map([
      ...national.map((prefix): [string, Reach] => [prefix, { abroad: null }]),
      ...abroad.flatMap(({ code, prefixes }) => prefixes.map((prefix): [string, Reach] => [prefix, { abroad: code }])),
    ]),
  };
  indexes.set(network, index);
  return index;
}

function zoneIn({ homes, zones }: Index, visitedNetwork: string | undefined): string {
  if (visitedNetwork === undefined || homes.has(visitedNetwork)) return HOME_ZONE;
  return longest(zones, visitedNetwork) ?? OTHER_ZONE;
}

/** A peer may send anything; what is longer is no number. */
const DESTINATION_TOLD_MAX = 40;

/** Neither a network nor a number is longer (ITU-T E.212, E.164). */
const DIGITS_MAX = 15;

/** What the longest beginning of `digits` leads to. */
function longest<Found>(byPrefix: ReadonlyMap<string, Found>, digits: string): Found | undefined {
  for (let length = Math.min(digits.length, DIGITS_MAX); length > 0; length -= 1) {
    const found = byPrefix.get(digits.slice(0, length));
    if (found !== undefined) return found;
  }
  return undefined;
}
