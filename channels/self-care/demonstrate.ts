/** What exists in a demonstration only: numbers to try, the outbox, the clock that can be moved. */
import type { Asker, ClockView, DemonstrationUseCases, OutboxView, RefusalView, TryNumberView } from '#channels/web';
import type { Product } from '#domain/catalog';
import { type LineInList, listLines, listLinesDue, nextDue, readLine } from '#domain/lines';
import { fillCode, listNotices } from '#domain/notices';
import { present } from '#platform/assert';
import { DAY_MS, type DueSource, HOUR_MS, MINUTE_MS, moveClock, type OffsetClock } from '#platform/clock';
import { formatNumber, type Language } from '#platform/messages';
import type { Desk } from './desk.ts';
import { refuse } from './refusals.ts';
import { tellRefusal } from './tell-refusal.ts';
import { DUE, TRIES } from './words/demonstration.ts';

export type Demonstration = {
  readonly due: DueSource;
  readonly clock: OffsetClock;
  /** Numbers worth trying before others. */
  readonly featured?: readonly string[] | undefined;
};

const LINES_MAX = 500;
const PAGE = 30;
const DUE_SHOWN = 8;
const HAPPENED_SHOWN = 40;
const LOOK_AHEAD_MS = 60 * DAY_MS;
/** A year at once would keep the page waiting for a quarter of an hour. */
const STEP_MS_MAX = 62 * DAY_MS;

export function demonstrate(desk: Desk, demonstration: Demonstration): DemonstrationUseCases {
  return {
    tryNumbers: (language) => tryNumbers(desk, demonstration.featured ?? [], language),
    outbox: (_, request) => readOutbox(desk, request),
    clock: (asker) => readClock(desk, asker),
    moveClock: (asker, request) => move(desk, demonstration, asker, request),
  };
}

function zoneOf({ house }: Desk): string {
  const catalog = house.catalog();
  const code = catalog.brand?.defaultMarket ?? '';
  return catalog.market(code, house.clock.business())?.zone ?? 'UTC';
}

/** One line for each state, and one that is pay as you go; those that are featured first, then those of the default market. */
async function tryNumbers({ house }: Desk, featured: readonly string[], language: Language): Promise<TryNumberView[]> {
  const catalog = house.catalog();
  const lines = await listLines(house.database, LINES_MAX);
  const home = catalog.brand?.defaultMarket;
  const worth = ({ number, market }: LineInList) => Number(featured.includes(number)) * 2 + Number(market === home);
  const inOrder = lines.toSorted((one, other) => worth(other) - worth(one));
  const found = new Map<keyof typeof TRIES, LineInList>();
  for (const line of inOrder) {
    const kind = kindOf(line, catalog.product(line.market, line.planCode ?? '', house.clock.business()));
    if (kind !== undefined && !found.has(kind)) found.set(kind, line);
  }
  const order = Object.keys(TRIES) as (keyof typeof TRIES)[];
  return order.flatMap((kind) => {
    const line = found.get(kind);
    return line === undefined ? [] : [{ number: formatNumber(line.number), text: TRIES[kind][language] }];
  });
}

function kindOf({ state }: Pick<LineInList, 'state'>, plan: Product | undefined): keyof typeof TRIES | undefined {
  if (state === 'lost') return undefined;
  return state === 'active' && plan?.kind === 'plan' && plan.period === null ? 'pay_as_you_go' : state;
}

/** What went out, the newest first; what waits for its hour, or became untrue before it, did not. */
async function readOutbox(desk: Desk, { olderThan }: { readonly olderThan?: string }): Promise<OutboxView> {
  const before = olderThan !== undefined && /^\d{1,19}$/.test(olderThan) ? BigInt(olderThan) : undefined;
  const notices = await listNotices(desk.house.database, { before, count: PAGE });
  const last = notices.length === PAGE ? notices.at(-1) : undefined;
  const left = notices.filter(({ state }) => state === 'sent' || state === 'kept' || state === 'failed');
  const now = desk.house.clock.transport();
  // Nobody has these phones: a code is read here, while it is good.
  const told = left.map((notice) => ({ ...notice, ...fillCode(desk.sealer, notice, now) }));
  return {
    zone: zoneOf(desk),
    messages: told.map(({ noticeId, at, channel, recipient, language, subject, body }) => ({
      id: String(noticeId),
      at,
      channel,
      to: channel === 'sms' ? formatNumber(recipient) : recipient,
      language,
      ...(subject === null ? {} : { subject }),
      text: body,
    })),
    ...(last === undefined ? {} : { olderThan: String(last.noticeId) }),
  };
}

async function readClock(desk: Desk, { language }: Pick<Asker, 'language'>): Promise<ClockView> {
  const { house } = desk;
  const business = house.clock.business();
  const lines = await listLinesDue(house.database, new Date(business.getTime() + LOOK_AHEAD_MS), DUE_SHOWN);
  const due = await Promise.all(
    lines.map(async (key) => {
      const state = await readLine(house.database, key);
      const market = present(house.catalog().market(state.line.market, business), 'a line is of a market that is in the catalogue');
      const next = nextDue(state, market);
      const what = next?.what === 'move' ? next.event : next?.what;
      const words = what !== undefined && what in DUE ? DUE[what as keyof typeof DUE][language] : '';
      return { at: key.dueAt, text: `${formatNumber(state.line.number)}: ${words}` };
    }),
  );
  return { zone: zoneOf(desk), business, transport: house.clock.transport(), happened: [], due };
}

const STEP = /^\+(\d{1,4})(min|h|d|w)$/;
const UNIT_MS: Readonly<Record<string, number>> = { min: MINUTE_MS, h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS };

async function move(
  desk: Desk,
  { due, clock }: Demonstration,
  asker: Asker,
  { by }: { readonly by: string },
): Promise<ClockView | RefusalView> {
  const [, count = '', unit = ''] = STEP.exec(by.trim()) ?? [];
  const stepMs = Number(count) * (UNIT_MS[unit] ?? 0);
  if (!(stepMs > 0 && stepMs <= STEP_MS_MAX)) return tellRefusal(refuse('self-care.step_unknown'), asker);
  const { database } = desk.house;
  const before = await listNotices(database, { count: 1 });
  await moveClock(database, clock, new Date(clock.business().getTime() + stepMs), due);
  const told = await listNotices(database, { count: HAPPENED_SHOWN });
  const fresh = told.filter(({ noticeId, channel }) => channel === 'sms' && noticeId > (before[0]?.noticeId ?? 0n));
  const happened = fresh.reverse().map(({ at, recipient, body }) => ({ at, text: `${formatNumber(recipient)}: ${body}` }));
  return { ...(await readClock(desk, asker)), happened };
}
