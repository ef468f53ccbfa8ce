/**
 * Lives one line's story through the house's own use cases, on a clock of its own that begins three months ago: nothing
 * here writes a row. Lines are independent, so several are lived at once.
 */
import type { Asker } from '#domain/access';
import { consume, readAllowances, summarise } from '#domain/allowances';
import type { Catalog, Plan } from '#domain/catalog';
import { lockAccount } from '#domain/ledger';
import { addLine, findNumber, type LineKey, presentPlan, readLine, reportUse, usePolicy } from '#domain/lines';
import { type Money, money } from '#domain/money';
import { askAttempt, type ItemRequest, type OrdersHouse, payOrder, placeOrder, quoteOrder } from '#domain/orders';
import { addMember } from '#domain/people';
import { linkSim, stockSim } from '#domain/sims';
import { assert, present } from '#platform/assert';
import { DAY_MS, HOUR_MS, ManualClock, MINUTE_MS } from '#platform/clock';
import { type Random, seededRandom } from '#platform/random';
import { isRefusal } from '#platform/refusals';
import { FAMILY, imsiOf, type Story } from './stories.ts';

export type Living = {
  readonly house: OrdersHouse;
  readonly story: Story;
  /** The owner, for lines somebody has signed up for. */
  readonly personId: bigint | undefined;
  /** Pays a provider's page as a customer does, in a browser's place. */
  readonly payPage: (url: string) => Promise<void>;
  /** The present, where the story ends. */
  readonly now: Date;
};

type Scene = Living & { readonly clock: ManualClock; readonly random: Random; readonly line: LineKey; readonly catalog: Catalog };

/** Days ago at which a line with this ending was bought, where the ending decides it. */
const SINCE_DAYS: Partial<Readonly<Record<Story['ending'], number>>> = { expired: 69, suspended: 71, parked: 96, stopped: 0.4, pending: 3 };
/** How many periods are paid, where the ending decides it; else until the present is covered. */
const PERIODS: Partial<Readonly<Record<Story['ending'], number>>> = { expired: 2, suspended: 1, parked: 1, stopped: 1 };

/** Of the 5 GB that the plan of these stories holds. */
const CLOSE_TO_DRY_MB = 4900;

export async function liveLine(living: Living): Promise<void> {
  const { story, now } = living;
  const sinceDays = SINCE_DAYS[story.ending] ?? story.sinceDays;
  const clock = new ManualClock(new Date(now.getTime() - sinceDays * DAY_MS - story.minuteOfDay * MINUTE_MS * (sinceDays < 1 ? 0 : 1)));
  // Only business time is the story's; payments happen in the real world, now.
  const lived = { business: () => clock.business(), transport: () => living.house.clock.transport() };
  const house: OrdersHouse = { ...living.house, clock: lived };
  const line = await openLine(house, living);
  const scene: Scene = { ...living, house, clock, random: seededRandom(story.seed), line, catalog: house.catalog() };
  if (story.ending === 'pending') return;
  await activate(scene);
  await livePeriods(scene);
  await comeToEnd(scene);
}

async function openLine(house: OrdersHouse, { story, personId }: Living): Promise<LineKey> {
  const at = house.clock.business();
  const digits = story.number.replace(/\D/g, '').padStart(12, '0');
  const line = await house.database.transaction(async (tx) => {
    const { number, market, postcode, language, plan } = story;
    const added = await addLine(house, tx, house.catalog(), { number, market, taxRegion: postcode, language, plan, email: mailOf(story) });
    assert(!isRefusal(added), `the demonstration adds ${number}`);
    const sim = await stockSim(tx, {
      iccid: withLuhn(`8901260${digits.slice(-11)}`),
      imsi: imsiOf(story.number),
      activationCode: digits,
    });
    assert(!isRefusal(sim), `the demonstration stocks a SIM for ${number}`);
    await linkSim(tx, { ...added, iccid: sim.iccid, at });
    if (personId !== undefined) await addMember(tx, { ...added, personId, role: 'owner', at });
    return added;
  });
  return line;
}

function mailOf({ number }: Story): string {
  return `line${number.slice(-7)}@example.com`;
}

/** Appends the check digit by Luhn (ITU-T E.118). */
function withLuhn(digits: string): string {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** Money comes in through the provider's page once; the plan is paid from it. */
async function activate(scene: Scene): Promise<void> {
  const { story, catalog, clock } = scene;
  const plan = catalog.product(story.market, story.plan, clock.business());
  assert(plan?.kind === 'plan', `the demonstration sells ${story.plan}`);
  await buy(scene, { kind: 'top_up', amount: moneyFor(scene, plan) }, 'page');
  await buy(scene, plan.period === null ? { kind: 'change', product: plan.code } : { kind: 'renew' }, 'balance');
}

/** Enough for all periods of the story and something over, within the market's limits. */
function moneyFor({ story, catalog, clock }: Scene, plan: Plan): Money {
  const { topUp, currency } = present(catalog.market(story.market, clock.business()), 'a story is of a market');
  const periods = BigInt(PERIODS[story.ending] ?? (plan.period?.unit === 'month' ? 4 : 1));
  const wanted = plan.price.minor * periods + topUp.min.minor;
  return money(currency, wanted > topUp.max.minor ? topUp.max.minor : wanted);
}

async function livePeriods(scene: Scene): Promise<void> {
  const { story, clock, now } = scene;
  const periods = PERIODS[story.ending] ?? 100;
  for (let paid = 1; ; paid += 1) {
    const { line } = await readLine(scene.house.database, scene.line);
    const ends = present(line.paidUntil, 'an active line has an end');
    const until = new Date(Math.min(ends.getTime() - (paid < periods ? DAY_MS : HOUR_MS), now.getTime() - HOUR_MS));
    await useByDay(scene, until, until.getTime() === now.getTime() - HOUR_MS);
    if (ends.getTime() - DAY_MS > now.getTime() || paid >= periods) return;
    clock.moveBusinessTo(new Date(Math.max(clock.businessMs, Math.min(ends.getTime() - 20 * HOUR_MS, now.getTime() - HOUR_MS))));
    if (line.planCode === 'payg') return;
    await buy(scene, { kind: 'renew' }, 'balance');
  }
}

/** One report a day, in one transaction for the whole stretch: what a packet core's records would have left. */
async function useByDay(scene: Scene, until: Date, isLast: boolean): Promise<void> {
  const { house, clock, line, catalog } = scene;
  const policy = usePolicy(presentPlan(catalog, await readLine(house.database, line)));
  await house.database.transaction(async (tx) => {
    await lockAccount(tx, line);
    for (const megabytes of useOfDays(scene, Math.ceil((until.getTime() - clock.businessMs) / DAY_MS) - 1, isLast)) {
      const day = clock.business().toISOString().slice(0, 10);
      const quantity = BigInt(megabytes) * 1_000_000n;
      const used = await consume(house, tx, {
        ...line,
        key: `day/${day}`,
        service: 'data',
        zone: 'home',
        quantity,
        at: clock.business(),
        policy,
      });
      assert(!isRefusal(used), 'a day is reported once');
      clock.moveBusinessTo(new Date(clock.businessMs + DAY_MS));
    }
  });
}

/** Megabytes of each day: a thirtieth of the period's data, as its owner uses it, more at some days than at others. */
function useOfDays({ random, story }: Scene, days: number, isLast: boolean): number[] {
  if (story.plan === 'payg') return Array.from({ length: days }, () => 8 + random.below(10));
  const shares = Array.from({ length: days }, () => 40 + random.below(120));
  if (isLast && (story.ending === 'nearly_dry' || story.ending === 'throttled' || story.ending === 'family')) {
    // Who runs dry today has come close to it day by day.
    const all = shares.reduce((sum, share) => sum + share, 0);
    return shares.map((share) => Math.floor((CLOSE_TO_DRY_MB * share) / all));
  }
  return shares.map((share) => Math.floor((5000 * story.usePercent * share) / 300_000));
}

async function comeToEnd(scene: Scene): Promise<void> {
  const { story, clock, now, house, catalog, line } = scene;
  const at = (hours: number) => clock.moveBusinessTo(new Date(Math.max(clock.businessMs, now.getTime() - hours * HOUR_MS)));
  if (story.ending === 'queued') {
    at(3);
    await buy(scene, { kind: 'queue', product: 'month-unlimited', startRule: 'at_end' }, 'page');
  }
  if (story.ending === 'roaming') {
    at(30);
    await buy(scene, { kind: 'pack', product: 'roam-europe-10d' }, 'page');
  }
  if (story.number === FAMILY[0]) {
    at(60);
    await buy(scene, { kind: 'pack', product: 'pack-family-20gb' }, 'page');
  }
  if (story.ending === 'nearly_dry' || story.ending === 'throttled' || story.ending === 'stopped') {
    at(2);
    const state = await readLine(house.database, line);
    const policy = usePolicy(presentPlan(catalog, state));
    const allowances = await readAllowances(house.database, { ...line, at: clock.business() });
    const { data } = summarise(allowances, { zone: 'home', lineId: line.lineId, now: clock.business(), policy });
    const left = data.left ?? 0n;
    const quantity = story.ending === 'nearly_dry' ? (left * 2n) / 3n : left + 40_000_000n;
    const used = await reportUse(house, catalog, { ...line, key: 'last', service: 'data', zone: 'home', quantity });
    assert(!isRefusal(used), 'the last use is reported once');
  }
}

/** Quote, place, pay: as the owner, a guest, or the clerk who takes it from the balance. */
async function buy(scene: Scene, item: ItemRequest, from: 'page' | 'balance'): Promise<void> {
  const { house, story, personId } = scene;
  const person: Asker =
    personId === undefined ? { kind: 'operator', name: 'demonstration' } : { kind: 'person', personId, source: 'demonstration' };
  const line = await findNumber(house.database, story.number);
  assert(!isRefusal(line), 'a story is of a line that is there');
  const quote = await quoteOrder(house, person, { line, items: [item] });
  assert(!isRefusal(quote), `the demonstration is quoted ${item.kind} on ${story.number}${isRefusal(quote) ? `: ${quote.code}` : ''}`);
  const way =
    from === 'balance'
      ? ({ kind: 'balance' } as const)
      : ({ kind: 'page', saveMethod: personId !== undefined && item.kind === 'top_up' } as const);
  const key = `demonstration/${quote.quoteId}`;
  const placed = await placeOrder(house, person, {
    quote,
    key,
    way,
    acceptedTerms: quote.content.termsVersion,
    language: story.language,
    email: mailOf(story),
  });
  assert(!isRefusal(placed), `the demonstration orders ${item.kind} on ${story.number}${isRefusal(placed) ? `: ${placed.code}` : ''}`);
  const paying = await payOrder(house, placed);
  if (paying.page === undefined || paying.attempt === undefined) return;
  await scene.payPage(paying.page);
  const { order } = await askAttempt(house, paying.attempt);
  assert(order.state === 'applied' || order.state === 'delivered', `the demonstration's payment takes effect, not ${order.state}`);
}
