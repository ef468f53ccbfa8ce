import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { readAllowances, summarise } from '#domain/allowances';
import { readCharges, type UsedDay, usedByDay } from '#domain/charging';
import { readAccount } from '#domain/ledger';
import {
  addLine,
  findNumber,
  isInService,
  type NewLine,
  numberLostAt,
  presentPlan,
  readAdvanced,
  readHappenings,
  readNumber,
  usePolicy,
} from '#domain/lines';
import { money } from '#domain/money';
import { ordersOfLine } from '#domain/orders';
import { linkSim, stockSim } from '#domain/sims';
import { DAY_MS } from '#platform/clock';
import { formatId } from '#platform/ids';
import { formatData, formatInstant, formatMinutes, formatMoney, formatNumber, isLanguage, type Language } from '#platform/messages';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { House } from '../house/index.ts';
import { capOne } from './cap.ts';
import { type Command, EXIT, type Situation, tellRefusal, terminalLanguage, UsageTrouble, withHouse } from './command.ts';

export const line: Command = {
  usage: 'show <number> | add <number> --market … | import <csv> | cap <number> 5GB|none [--reason R] [--json]',
  summary: 'show a line, add one, or many from a file; cap what one may use of what its account shares',
  run: ([verb, subject, ...rest], situation) => {
    if (subject === undefined) throw new UsageTrouble('say which line, or which file');
    if (verb === 'show') return showLine(subject, rest.includes('--json'), situation);
    if (verb === 'add') return addOne(subject, rest, situation);
    if (verb === 'cap') return capOne(subject, rest, situation);
    if (verb === 'import') return importLines(subject, situation);
    throw new UsageTrouble(`there is no "line ${verb}"`);
  },
};

const USE_SHOWN_MS = 7 * DAY_MS;

type LineRow = {
  readonly number: string;
  readonly market: string;
  readonly plan?: string | undefined;
  readonly postcode?: string | undefined;
  readonly language?: string | undefined;
  readonly email?: string | undefined;
  readonly imsi?: string | undefined;
  readonly iccid?: string | undefined;
  readonly activation_code?: string | undefined;
};

function addOne(number: string, words: readonly string[], situation: Situation): Promise<number> {
  const text = { type: 'string' } as const;
  const options = {
    market: text,
    plan: text,
    postcode: text,
    language: text,
    email: text,
    imsi: text,
    iccid: text,
    'activation-code': text,
  };
  const { values } = parseArgs({ args: [...words], options });
  if (values.market === undefined) throw new UsageTrouble('--market is needed, for example --market US');
  const { 'activation-code': activation_code, market, ...rest } = values;
  return withHouse(situation, async ({ house }) => {
    const added = await addRow(house, { number, market, activation_code, ...rest });
    if (isRefusal(added)) return tellRefusal(situation.terminal, added);
    situation.terminal.print(`Added ${added}. Its first purchase activates it.`);
    return EXIT.done;
  });
}

/** All rows or the exact list of those refused; rows that were added stay, and a second run adds only what is missing. */
function importLines(file: string, situation: Situation): Promise<number> {
  const rows = readCsv(file);
  return withHouse(situation, async ({ house }) => {
    let added = 0;
    const refused: string[] = [];
    for (const [index, row] of rows.entries()) {
      const result = await addRow(house, row);
      if (isRefusal(result)) refused.push(`row ${index + 2}, ${row.number}: ${result.code}`);
      else added += 1;
      if (process.stderr.isTTY && index % 50 === 0) process.stderr.write(`\r${index + 1} of ${rows.length}`);
    }
    situation.terminal.print(`Added ${added} of ${rows.length} lines.`);
    for (const one of refused) situation.terminal.warn(one);
    return refused.length === 0 ? EXIT.done : EXIT.refused;
  });
}

function readCsv(file: string): LineRow[] {
  try {
    const rows = parse(readFileSync(file, 'utf8'), { columns: true, trim: true, skip_empty_lines: true, bom: true }) as Record<
      string,
      string
    >[];
    const first = rows[0];
    if (first !== undefined && !('number' in first && 'market' in first))
      throw new Error(
        'the first row names the columns: number, market, and as needed plan, postcode, language, email, imsi, iccid, activation_code',
      );
    return rows.map(rowFrom);
  } catch (error) {
    throw new UsageTrouble(`${file}: ${(error as Error).message}`);
  }
}

/** A column that is left empty was not given; one we do not know is not read. */
function rowFrom(row: Readonly<Record<string, string>>): LineRow {
  const given = (column: string) => row[column] || undefined;
  return {
    number: given('number') ?? '',
    market: given('market') ?? '',
    plan: given('plan'),
    postcode: given('postcode'),
    language: given('language'),
    email: given('email'),
    imsi: given('imsi'),
    iccid: given('iccid'),
    activation_code: given('activation_code'),
  };
}

/** Line and SIM in one transaction: both or neither. */
function addRow(house: House, row: LineRow): Promise<string | Refusal> {
  const { language } = row;
  if (language !== undefined && !isLanguage(language)) throw new UsageTrouble(`there is no language "${language}"`);
  const at = house.tools.clock.business();
  return house.tools.database.transaction(async (tx) => {
    const line: NewLine = {
      number: row.number,
      market: row.market,
      plan: row.plan,
      taxRegion: row.postcode,
      language: language as Language | undefined,
      email: row.email,
    };
    const added = await addLine(house.tools, tx, house.catalog.latest(), line);
    if (isRefusal(added)) return added;
    if (row.iccid !== undefined && row.imsi !== undefined) {
      const sim = await stockSim(tx, { iccid: row.iccid, imsi: row.imsi, activationCode: row.activation_code });
      if (isRefusal(sim)) return sim;
      const taken = await linkSim(tx, { ...added, iccid: sim.iccid, at });
      if (taken !== undefined) return taken;
    }
    return formatId('lin', added.lineId);
  });
}

function showLine(typed: string, json: boolean, situation: Situation): Promise<number> {
  return withHouse(situation, async ({ house }) => {
    const { database, clock } = house.tools;
    const catalog = house.catalog.latest();
    const number = readNumber(typed, catalog.brand?.defaultMarket ?? 'US');
    const claim = isRefusal(number) ? number : await findNumber(database, number);
    if (isRefusal(claim)) return tellRefusal(situation.terminal, claim, json);
    const now = clock.business();
    const [{ state }, account, allowances, orders, happenings] = await Promise.all([
      readAdvanced(database, catalog, claim, now),
      readAccount(database, claim),
      readAllowances(database, { ...claim, at: now }),
      ordersOfLine(database, claim, 10),
      readHappenings(database, claim),
    ]);
    const plan = presentPlan(catalog, state);
    const market = catalog.market(state.line.market, now);
    const timeZone = market?.zone ?? 'UTC';
    const shownRange = { ...claim, from: new Date(now.getTime() - USE_SHOWN_MS), until: now };
    const use = await usedByDay(database, { ...shownRange, timeZone });
    const summary = summarise(allowances, {
      zone: 'home',
      lineId: claim.lineId,
      now,
      policy: usePolicy(plan),
    });
    const shown = { state, plan, summary, balance: money(account.currency, account.balanceMinor), use, orders, happenings };
    if (json)
      // What was charged, request by request, is for those who look into one: too long to read in a terminal.
      situation.terminal.print(
        JSON.stringify({ ...shown, charges: await readCharges(database, shownRange) }, (_, value: unknown) =>
          typeof value === 'bigint' ? value.toString() : value,
        ),
      );
    else for (const row of describe(shown, timeZone, market && numberLostAt(state.line, market))) situation.terminal.print(row);
    return EXIT.done;
  });
}

type Shown = {
  readonly state: Awaited<ReturnType<typeof readAdvanced>>['state'];
  readonly plan: ReturnType<typeof presentPlan>;
  readonly summary: ReturnType<typeof summarise>;
  readonly balance: ReturnType<typeof money>;
  readonly use: readonly UsedDay[];
  readonly orders: Awaited<ReturnType<typeof ordersOfLine>>;
  readonly happenings: Awaited<ReturnType<typeof readHappenings>>;
};

function describe({ state, plan, summary, balance, use, orders, happenings }: Shown, zone: string, lostAt: Date | undefined): string[] {
  const language = terminalLanguage();
  const { line, queue } = state;
  const instant = (at: Date) => formatInstant(language, at, zone);
  const name = plan?.names[language] ?? '–';
  const data = summary.data.left === null ? '∞' : formatData(language, summary.data.left);
  const voice = summary.voice.left === null ? '∞' : formatMinutes(language, summary.voice.left);
  return [
    `${formatNumber(line.number)}  ${line.state}  ${name}`,
    `  data ${data} (${summary.data.speed})   voice ${voice}   messages ${summary.message.left ?? '∞'}   balance ${formatMoney(language, balance)}`,
    `  ${isInService(line.state) ? 'paid until' : 'was paid until'} ${line.paidUntil === null ? '–' : instant(line.paidUntil)}${lostAt === undefined ? '' : `   number lost ${instant(lostAt)}`}`,
    ...queue.map((next) => `  then ${next.planCode} from ${instant(next.startsAt)} to ${instant(next.endsAt)} (${next.startRule})`),
    ...summary.packages.flatMap(({ productCode, parts }) =>
      parts.flatMap(({ share }) =>
        share === undefined
          ? []
          : [`  share of ${productCode}: ${formatData(language, share.left)} left of ${formatData(language, share.granted)}`],
      ),
    ),
    ...use
      .filter(({ service }) => service.startsWith('data'))
      .map(({ day, service, quantity }) => `  ${day}  ${service} ${formatData(language, quantity)} used`),
    ...orders.map(
      (order) =>
        `  ${instant(order.placedAt)}  ${formatId('ord', order.orderId)}  ${order.state.padEnd(10)} ${formatMoney(language, money(order.currency, order.totalMinor))}`,
    ),
    ...happenings.slice(-5).map((one) => `  ${instant(one.at)}  ${one.stateBefore} → ${one.stateAfter} (${one.event})`),
  ];
}
