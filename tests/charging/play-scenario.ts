/**
 * Plays a charging scenario (charge-scenarios.txt says how one is written) on a real house: purchases through orders, requests
 * through the engine, the ledger as the tables say it.
 */

import { readAllowances } from '#domain/allowances';
import { HOME_ZONE } from '#domain/catalog';
import {
  type AskedItem,
  type ChargingAnswer,
  type ChargingRequest,
  endSessionsOfLine,
  endSessionsOfPeer,
  endSilentSessions,
  type PeerProfile,
  PROFILES,
} from '#domain/charging';
import { lockAccount } from '#domain/ledger';
import { addLine, findNumber, type NumberClaim, readLine } from '#domain/lines';
import { capLine } from '#domain/orders';
import { present } from '#platform/assert';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#platform/clock';
import { allowed, buy, drainOutbox, newLine, OPERATOR, RENEW, runDue, topUp } from '#tests/house';
import type { ChargingHouse } from './example-charging.ts';
import type { ScenarioSetting } from './read-scenarios.ts';

const PEER = 'smf.example';
const MB = 1_000_000n;
const PROFILE: PeerProfile = { ...PROFILES.standard, data: { floor: MB, ceiling: 40n * MB, first: 10n * MB }, overrunMax: 50n * MB };
const UNENFORCED: PeerProfile = { ...PROFILE, code: 'open5gs', hasPolicyDoor: false, tellsFinal: false, validitySecondsMax: 10 };

export type PlayedLine = NumberClaim & { readonly number: string };
type PlayedSession = {
  readonly kind: ChargingRequest['kind'];
  readonly skipped: bigint[];
  number: bigint;
  last?: ChargingRequest;
  refundInformation?: string | undefined;
};
export type Playing = {
  readonly house: ChargingHouse;
  readonly lines: readonly PlayedLine[];
  readonly currency: string;
  readonly profile: PeerProfile;
  readonly leadsToPage: boolean | undefined;
  readonly sessions: Map<string, PlayedSession>;
};

type ItemRequest = Parameters<typeof buy>[2][number];
const CURRENCIES = { US: 'USD', JP: 'JPY', KW: 'KWD' } as const;

export async function openScenario(house: ChargingHouse, { lines, market, peer, leadsToPage }: ScenarioSetting): Promise<Playing> {
  const currency = CURRENCIES[market];
  toDaylight(house);
  const opened: PlayedLine[] = [];
  for (const { plan, topUp: minor } of lines) {
    const over = { plan, market, taxRegion: market === 'US' ? '98101' : market, number: nextNumber() };
    const [first] = opened;
    const claim = first === undefined ? await newLine(house.test, over) : await secondLine(house, { ...over, account: first });
    if (minor !== undefined) await buy(house.test, claim, [topUp(minor, currency)]);
    if (plan !== 'payg') await buy(house.test, claim, [RENEW]);
    opened.push({ ...claim, number: over.number });
  }
  await drainOutbox(house.test);
  const profile = peer === 'standard' ? PROFILE : UNENFORCED;
  return { house, lines: opened, currency, profile, leadsToPage, sessions: new Map() };
}

/** Scenarios share a clock, and each begins in the daytime. */
function toDaylight({ test: { clock } }: ChargingHouse): void {
  const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', hour: '2-digit' }).format(clock.business()));
  if (hour < 8 || hour > 17) clock.advance(untilClock(clock.business(), '12:00'));
}

let numbers = 0;
function nextNumber(): string {
  numbers += 1;
  return `+1425555${String(numbers).padStart(4, '0')}`;
}

async function secondLine({ test }: ChargingHouse, line: Parameters<typeof addLine>[3]): Promise<NumberClaim> {
  await test.database.transaction((tx) => addLine(test.tools, tx, test.catalog, line));
  return allowed(await findNumber(test.database, line.number));
}

/** One step, and what came of it; "" where nothing is answered. */
export async function play(playing: Playing, step: string): Promise<string> {
  const [subject = '', verb = '', ...words] = step.split(' ');
  const { house } = playing;
  const line = present(playing.lines[Number(subject.split('@')[1] ?? 1) - 1], 'a line of the scenario');
  switch (subject.split('@')[0]) {
    case 'wait':
      house.test.clock.advance(durationOf(verb));
      return '';
    case 'clock':
      house.test.clock.advance(untilClock(house.test.clock.business(), verb));
      return '';
    case 'calendar':
      house.test.clock.businessMs += durationOf(verb);
      return '';
    case 'sweep':
      await endSilentSessions(house.test.tools);
      return '';
    case 'restart':
      house.test.clock.advance(1);
      await endSessionsOfPeer(house.test.tools, { peer: PEER, before: house.test.clock.transport() });
      return '';
    case 'move':
      await house.test.database.transaction(async (tx) => {
        await lockAccount(tx, line);
        await endSessionsOfLine(house.test.tools, tx, { ...line, reason: 'moved' });
      });
      return '';
    case 'cap': {
      const octets = verb === 'none' ? null : BigInt(verb) * MB;
      allowed(await capLine(house.test.house, OPERATOR, { number: line.number, octets, reason: 'a family' }));
      return '';
    }
    case 'due':
      await runDue(house.test);
      return '';
    case 'buy':
      await buy(house.test, line, [itemOf(playing, [verb, ...words])]);
      return '';
    default: {
      const answer = await ask(playing, subject, verb, words, line);
      return answer === undefined ? '' : told(answer);
    }
  }
}

function durationOf(text: string): number {
  const per = { s: 1000, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS }[text.slice(-1)];
  return Number(text.slice(0, -1)) * present(per, 'a duration ends in s, m, h or d');
}

/** To the next time the clock on New York's wall says so; no scenario meets a day on which it is set. */
function untilClock(now: Date, time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const wall = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const [h = 0, m = 0, s = 0] = wall.format(now).split(':').map(Number);
  const ms = ((hour - h) * 3600 + (minute - m) * 60 - s) * 1000;
  return ms > 0 ? ms : ms + DAY_MS;
}

function itemOf({ currency }: Playing, [what = '', ...words]: readonly string[]): ItemRequest {
  if (what === 'renew') return RENEW;
  if (what === 'top-up') return topUp(BigInt(words[0] ?? ''), currency);
  if (what === 'change') return { kind: 'change', product: words[0] ?? '' };
  if (what === 'queue')
    return { kind: 'queue', product: words[0] ?? '', startRule: words[1] === 'at-exhaustion' ? 'on_exhaustion' : 'at_end' };
  return { kind: 'pack', product: what };
}

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

async function ask(
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
    return playing.house.engine.charge({ ...last, items, contentHash: Buffer.from(JSON.stringify(words)) });
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
  const answer = await playing.house.engine.charge(request);
  one.refundInformation ??= answer.refundInformation;
  return answer;
}

/** Asked by another session of the same peer, or of "by:" another. */
function refund({ house }: Playing, { last, refundInformation }: PlayedSession, words: readonly string[]): Promise<ChargingAnswer> {
  const peer = words.find((word) => word.startsWith('by:'))?.slice(3) ?? PEER;
  const refundOf = words.includes('unnamed') ? 'nothing' : (refundInformation ?? '');
  const event = present(last, 'there was an event');
  return house.engine.charge({
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

function told({ result, items }: ChargingAnswer): string {
  if (items.length === 0) return result;
  const one = (item: ChargingAnswer['items'][number]) => {
    if (item.granted === null && item.final && item.result === 'success') return 'led';
    if (item.granted === null) return item.result === 'success' ? '-' : `${item.result}${item.final ? ' final' : ''}`;
    const seconds = item.validitySeconds !== null && ![3600, 10].includes(item.validitySeconds) ? ` ${item.validitySeconds}s` : '';
    const units = item.granted >= MB / 1000n ? amount(item.granted) : `${item.granted}`;
    return `${units}${item.speed === 'throttled' ? ' slow' : ''}${seconds}${item.tariffChangeAt === null ? '' : ' change'}${item.final ? ' final' : ''}`;
  };
  return items.map(one).join(', ');
}

function amount(octets: bigint): string {
  return `${Number(octets) / Number(MB)}`;
}

/**
 * State of each line; "used+held/granted" of each allowance, oldest first, with "-n" for what was forfeited; money "balance+held"; what was
 * paid by use, free and lost. What nothing has moved and nobody limits is left out.
 */
export async function ledgerOf({ house, lines }: Playing): Promise<string> {
  const [first] = lines;
  const { slot, accountId } = present(first, 'a scenario has a line');
  const all = await readAllowances(house.test.database, { slot, accountId, at: new Date(0) });
  const unit = (service: string, quantity: bigint) => (service.startsWith('data') ? amount(quantity) : `${quantity}`);
  const owned = [...all]
    .sort((one, other) => (one.allowanceId < other.allowanceId ? -1 : 1))
    .filter(({ granted, used, reserved }) => granted !== null || used > 0n || reserved > 0n)
    .filter(({ service, used, reserved }) => service.startsWith('data') || used + reserved > 0n)
    .map(({ service, zone, granted, used, reserved, forfeited }) => {
      const of = granted === null ? '' : `/${unit(service, granted)}`;
      const where = zone === 'any' || zone === HOME_ZONE ? '' : `@${zone}`;
      return `${service}${where} ${unit(service, used)}+${unit(service, reserved)}${forfeited > 0n ? `-${unit(service, forfeited)}` : ''}${of}`;
    });
  const states = await Promise.all(lines.map(async (line) => (await readLine(house.test.database, line)).line.state));
  const { balance, held } = await house.balance({ slot, accountId } as NumberClaim);
  const { lost, free, paidMinor } = await house.booked({ slot, accountId } as NumberClaim);
  const money = balance + held + paidMinor > 0n ? [`money ${balance}+${held}`] : [];
  const sum = (name: string, quantity: bigint) =>
    quantity === 0n ? [] : [`${name} ${quantity >= MB / 1000n ? amount(quantity) : quantity}`];
  return [states.join(','), ...owned, ...money, ...sum('free', free), ...sum('lost', lost)].join('; ');
}
