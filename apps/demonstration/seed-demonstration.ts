/**
 * The demonstration operator: Northwind Mobile with about 300 lines and three months behind them, made by the house's own
 * use cases. Lines are lived several at once; what falls due by the present is run at the end.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAllowances } from '#domain/allowances';
import { applyOperator } from '#domain/catalog';
import { findNumber, type NumberClaim, reportUse, runDueLines } from '#domain/lines';
import { capLine, joinLine } from '#domain/orders';
import { addPerson, claimContacts } from '#domain/people';
import { assert } from '#platform/assert';
import { DAY_MS, ManualClock } from '#platform/clock';
import { markSeeded } from '#platform/installation';
import type { Language } from '#platform/messages';
import { isRefusal } from '#platform/refusals';
import { drainOutbox, type House } from '../house/index.ts';
import { liveLine } from './live-line.ts';
import { payAtPage } from './pay-at-page.ts';
import { FAMILY, type Story, tellStories } from './stories.ts';

/** As many lines as the two sides, we and PostgreSQL, need to keep one another busy. */
const AT_ONCE = 8;
const OPERATOR_FILE = join(import.meta.dirname, 'northwind.json');
const HISTORY_DAYS = 100;
/** What owners are called, each in their language. */
const NAMES: Readonly<Record<Language, readonly string[]>> = {
  en: ['Grace Miller', 'Sam Okafor', 'Maya Patel', 'Tom Becker'],
  es: ['Lucía Romero', 'Diego Fuentes', 'Carmen Vidal'],
  'zh-Hans': ['李想', '王晓雨', '陈一鸣', '周婷'],
  'zh-Hant': ['林佳穎', '張庭瑋', '黃子安'],
};

export async function seedDemonstration(
  house: House,
  options: {
    readonly print: (line: string) => void;
    readonly linesMax?: number | undefined;
    /** Cuts it short, and throws; the next time goes on from there. */
    readonly signal?: AbortSignal | undefined;
  },
): Promise<void> {
  const now = house.tools.clock.business();
  const past = new ManualClock(new Date(now.getTime() - HISTORY_DAYS * DAY_MS));
  const applied = await applyOperator({ ...house.tools, clock: past }, JSON.parse(readFileSync(OPERATOR_FILE, 'utf8')), {
    actor: 'job:seed',
    reason: 'demonstration',
  });
  assert(
    !isRefusal(applied),
    `the demonstration's operator file is right${isRefusal(applied) ? `: ${JSON.stringify(applied.values)}` : ''}`,
  );
  await house.catalog.refresh();
  const stories = tellStories().slice(0, options.linesMax);
  options.print(`Making the demonstration: ${stories.length} lines with three months behind them.`);
  const owners = await addOwners(house, stories);
  const waiting = [...stories];
  const live = async () => {
    for (let story = waiting.shift(); story !== undefined; story = waiting.shift()) {
      options.signal?.throwIfAborted();
      // A start that was killed in the middle left some of them, each as far as it had come.
      if (!isRefusal(await findNumber(house.tools.database, story.number))) continue;
      const personId = story.owner === undefined ? undefined : owners.get(story.owner);
      await liveLine({ house: house.orders, story, personId, payPage: payAtPage, now });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, live));
  await joinFamily(house);
  await runDueLines(house.tools, await house.catalog.current());
  // What happened long ago is delivered and told here, and told to nobody outside: the first move of the clock finds it done.
  await drainOutbox({ ...house, senders: {} });
  await markSeeded(house.tools.database, now);
}

/** Of the 20 GB that the family shares: the others may each use so much, the first all there is. */
const CAP = 5_000_000_000n;

/** The lines of the family on the account of the first; with fewer lines there may be none to join. */
async function joinFamily(house: House): Promise<void> {
  const { tools, orders } = house;
  const [first, ...others] = await Promise.all(FAMILY.map((number) => findNumber(tools.database, number)));
  if (first === undefined || isRefusal(first)) return;
  const to = { slot: first.slot, accountId: first.accountId };
  for (const [index, line] of others.entries()) {
    if (isRefusal(line)) continue;
    const number = FAMILY[index + 1] ?? '';
    const operator = { kind: 'operator', name: 'demonstration' } as const;
    const joined = await joinLine(orders, operator, { number, to, reason: 'a family' });
    assert(!isRefusal(joined), `${number} joins its family${isRefusal(joined) ? `, not ${joined.code}` : ''}`);
    const capped = await capLine(orders, operator, { number, octets: CAP, reason: 'a family' });
    assert(!isRefusal(capped), `${number} is capped`);
  }
  for (const number of FAMILY) {
    const line = await findNumber(tools.database, number);
    if (!isRefusal(line)) await useOwnData(house, line);
  }
}

const SHARED_USE = 400_000_000n;

/** Of its own nothing is left: from here on it lives on what is shared. */
async function useOwnData({ tools, catalog }: House, { slot, accountId, lineId }: NumberClaim): Promise<void> {
  const allowances = await readAllowances(tools.database, { slot, accountId, lineId, at: tools.clock.business() });
  const own = allowances.filter((one) => one.lineId !== null && one.service === 'data' && one.granted !== null);
  const left = own.reduce((sum, { granted, used, forfeited }) => sum + (granted ?? 0n) - used - forfeited, 0n);
  // A start that was killed in the middle has done it.
  if (left === 0n) return;
  const use = { key: `family/${lineId}`, service: 'data', zone: 'home', quantity: left + SHARED_USE } as const;
  const used = await reportUse(tools, catalog.latest(), { slot, accountId, lineId, ...use });
  assert(!isRefusal(used), 'the family’s own data is used once');
}

async function addOwners(house: House, stories: readonly Story[]): Promise<Map<string, bigint>> {
  const owners = new Map<string, bigint>();
  for (const { owner, language, number } of stories) {
    if (owner === undefined || owners.has(owner)) continue;
    const email = `${owner}@example.com`;
    const name = NAMES[language][owners.size % NAMES[language].length] ?? owner;
    const personId = await addPerson(house.tools, house.tools.database, { name, language, email, number });
    // They sign in by code: the outbox page shows it.
    await claimContacts(house.tools, house.tools.database, personId, [
      { kind: 'email', value: email, holder: null },
      { kind: 'number', value: number, holder: null },
    ]);
    owners.set(owner, personId);
  }
  return owners;
}
