/** What a step of a scenario asks of charging, as a request: the engine's own words, which a door's peer writes in its protocol. */
import type { AskedItem, ChargingAnswer, ChargingRequest, PeerProfile } from '#domain/charging';
import type { NumberClaim } from '#domain/lines';
import { present } from '#platform/assert';
import { type ChargingHouse, MB } from './example-charging.ts';

export const PEER = 'smf.example';

export type PlayedLine = NumberClaim & { readonly number: string };
export type PlayedSession = {
  readonly kind: ChargingRequest['kind'];
  readonly skipped: bigint[];
  number: bigint;
  last?: ChargingRequest;
  refundInformation?: string | undefined;
};
/** Asks what a peer asks, and gives what the peer was told. */
export type Charge = (request: ChargingRequest) => Promise<ChargingAnswer>;
export type Playing = {
  readonly house: ChargingHouse;
  readonly lines: readonly PlayedLine[];
  readonly currency: string;
  readonly profile: PeerProfile;
  readonly leadsToPage: boolean | undefined;
  /** The engine itself, or a peer that asks it over a door. */
  readonly charge: Charge;
  readonly sessions: Map<string, PlayedSession>;
};

const OPERATIONS = {
  begin: 'begin',
  call: 'begin',
  update: 'update',
  report: 'update',
  late: 'update',
  end: 'end',
  hang: 'end',
  event: 'event',
  text: 'event',
  dial: 'event',
} as const;

export async function ask(
  playing: Playing,
  name: string,
  verb: string,
  words: readonly string[],
  line: PlayedLine,
): Promise<ChargingAnswer | undefined> {
  const known = playing.sessions.get(name);
  if (verb === 'again') {
    const last = present(known?.last, 'something was asked before');
    const items = words.length === 0 ? last.items : itemsFrom(words, last.kind, 'update');
    return playing.charge({ ...last, items, contentHash: Buffer.from(JSON.stringify(words)) });
  }
  if (verb === 'refund') return refund(playing, present(known, 'there was an event'), words);
  const kind = known?.kind ?? (verb === 'call' || verb === 'dial' ? 'voice' : verb === 'text' ? 'message' : 'data');
  const one: PlayedSession = known ?? { kind, skipped: [], number: -1n };
  playing.sessions.set(name, one);
  one.number += 1n;
  if (verb === 'lost') {
    one.skipped.push(one.number);
    return undefined;
  }
  const operation = OPERATIONS[verb as keyof typeof OPERATIONS];
  const number = verb === 'late' ? present(one.skipped.shift(), 'a number that was lost') : one.number;
  if (verb === 'late') one.number -= 1n;
  const destination = words.find((word) => word.startsWith('to:'))?.slice(3);
  const network = words.find((word) => word.startsWith('in:'))?.slice(3);
  const reference = `${line.number};${name}`;
  const request: ChargingRequest = {
    ...{ peer: PEER, profile: playing.profile, reference, operation, key: `${operation}:${number}`, number },
    contentHash: Buffer.from(JSON.stringify([operation, words])),
    line: { number: name === 'stranger' ? '+19995550000' : line.number },
    ...{ kind, leadsToPage: playing.leadsToPage === true },
    ...(network === undefined ? {} : { visitedNetwork: network }),
    ...(destination === undefined ? {} : { destination }),
    items: itemsFrom(words, kind, verb),
  };
  one.last = request;
  const answer = await playing.charge(request);
  one.refundInformation ??= answer.refundInformation;
  return answer;
}

/** Asked by another session of the same peer, or of "by:" another. */
function refund({ charge }: Playing, { last, refundInformation }: PlayedSession, words: readonly string[]): Promise<ChargingAnswer> {
  const peer = words.find((word) => word.startsWith('by:'))?.slice(3) ?? PEER;
  const refundOf = words.includes('unnamed') ? 'nothing' : (refundInformation ?? '');
  const event = present(last, 'there was an event');
  return charge({
    ...event,
    peer,
    reference: `${event.reference};refund`,
    operation: 'refund',
    key: `refund:${words.join()}`,
    refundOf,
    items: [],
  });
}

/** "10=8" is 8 used in group 10; "10" alone asks; "+3" behind it came after the tariff changed. */
function itemsFrom(words: readonly string[], kind: ChargingRequest['kind'], verb: string): AskedItem[] {
  if (words[0] === 'none') return [];
  const scale = kind === 'data' ? MB : 1n;
  const plain = words.filter((word) => !word.includes(':'));
  const event = OPERATIONS[verb as keyof typeof OPERATIONS] === 'event';
  const asks = verb === 'begin' || verb === 'call' || verb === 'update';
  if (plain.length === 0 && verb !== 'end' && verb !== 'hang') plain.push(event ? '1' : kind === 'data' ? '10' : '=0');
  return plain.map((word) => {
    const [left = '', right] = word.includes('=') ? word.split('=') : kind === 'data' && !event ? [word, undefined] : ['', word];
    const group = left === '' ? (kind === 'data' ? 10 : null) : Number(left);
    const [used, after] = (right ?? '').split('+').map((text) => unitsOf(text, scale));
    const named = { ratingGroup: group, serviceIdentifier: null };
    if (event) return { ...named, asked: used ?? 1n * scale };
    return {
      ...named,
      ...(asks ? { asked: null } : {}),
      ...(right === undefined || verb === 'call' || verb === 'begin' ? {} : { used: used ?? 0n }),
      ...(after === undefined ? {} : { usedAfterTariffChange: after }),
    };
  });
}

function unitsOf(text: string, scale: bigint): bigint {
  return BigInt(Math.round(Number(text) * Number(scale)));
}
