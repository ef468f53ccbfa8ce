/**
 * Plays a charging scenario (charge-scenarios.txt says how one is written) on a real house: purchases through orders, requests
 * through the engine, the ledger as the tables say it.
 */

import { readAllowances } from '#domain/allowances';
import { HOME_ZONE } from '#domain/catalog';
import { type ChargingAnswer, endSessionsOfLine, endSessionsOfPeer, endSilentSessions, type PeerProfile, PROFILES } from '#domain/charging';
import { lockAccount } from '#domain/ledger';
import { addLine, findNumber, type NumberClaim, readLine } from '#domain/lines';
import { capLine } from '#domain/orders';
import { present } from '#platform/assert';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#platform/clock';
import { allowed, buy, drainOutbox, newLine, OPERATOR, RENEW, runDue, topUp } from '#tests/house';
import { ask, type Charge, PEER, type PlayedLine, type Playing } from './ask-scenario.ts';
import { type ChargingHouse, MB } from './example-charging.ts';
import type { ScenarioSetting } from './read-scenarios.ts';

const PROFILE: PeerProfile = { ...PROFILES.standard, data: { floor: MB, ceiling: 40n * MB, first: 10n * MB }, overrunMax: 50n * MB };
const UNENFORCED: PeerProfile = { ...PROFILE, code: 'open5gs', hasPolicyDoor: false, tellsFinal: false, validitySecondsMax: 10 };

type ItemRequest = Parameters<typeof buy>[2][number];
const CURRENCIES = { US: 'USD', JP: 'JPY', KW: 'KWD' } as const;

/** `charge`: who asks the engine; itself unless told. */
export async function openScenario(
  house: ChargingHouse,
  { lines, market, peer, leadsToPage }: ScenarioSetting,
  charge: Charge = house.engine.charge,
): Promise<Playing> {
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
  return { house, lines: opened, currency, profile, leadsToPage, charge, sessions: new Map() };
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
