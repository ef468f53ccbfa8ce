/** Commands that set an installation up: init, migrate, seed, operator apply, doctor. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { actorOf } from '#domain/access';
import { applyOperator } from '#domain/catalog';
import { readHouseEntries } from '#domain/records';
import { chooseInstallation, type Installation } from '#platform/installation';
import { createLog } from '#platform/log';
import { migrate } from '#platform/migrate';
import { checkServer } from '#platform/postgres';
import { isRefusal } from '#platform/refusals';
import { openDatabase } from '../connect/index.ts';
import { seedDemonstration } from '../demonstration/index.ts';
import { type House, type OpenHouse, readRunning } from '../house/index.ts';
import { type DemonstrationTill, forbidRealMoney, openTill } from '../start/index.ts';
import {
  COMMAND_LINE,
  type Command,
  EXIT,
  readCount,
  type Situation,
  type Terminal,
  tellRefusal,
  toJson,
  UsageTrouble,
  withHouse,
} from './command.ts';

export const init: Command = {
  usage: '',
  summary: 'make an installation of your own, without demonstration data',
  run: (_, situation) =>
    withHouse(
      situation,
      async ({ house }) => {
        const { kind } = await chooseInstallation(house.tools.database, 'own');
        if (kind === 'demonstration') {
          situation.terminal.warn(
            'This database holds the demonstration. Set EVERLINE_HOME to another folder, or DATABASE_URL to an empty database.',
          );
          return EXIT.refused;
        }
        situation.terminal.print('Ready for your own operator. Next: everline operator apply <file>, then everline line add.');
        return EXIT.done;
      },
      { migrates: true },
    ),
};

export const migrateDatabase: Command = {
  usage: '',
  summary: 'bring the database to this program’s schema',
  async run(_, { config, terminal }) {
    const database = await openDatabase(config, terminal.warn);
    try {
      const { applied, rolesSeparate } = await migrate(database.connection);
      terminal.print(applied.length === 0 ? 'The schema is up to date.' : `Applied: ${applied.join(', ')}.`);
      if (!rolesSeparate)
        terminal.warn('This user may not create roles: append-only tables are not protected by the database (see everline doctor).');
      return EXIT.done;
    } finally {
      await database.release();
    }
  },
};

export const seed: Command = {
  usage: '[--lines N]',
  summary: 'fill an empty database with the demonstration',
  async run(words, situation) {
    const linesMax = readLines(words);
    const { config, terminal } = situation;
    let till: DemonstrationTill | undefined;
    const provider = async () => {
      forbidRealMoney(config);
      // A stand-in for Stripe, or the simulator of a start beside us.
      if (config.stripe !== undefined || readRunning(config.home)?.simulator !== undefined) return undefined;
      till = await openTill({ config, log: createLog(2, 'warn'), port: 0, webhookUrl: `http://127.0.0.1:${config.port}/webhooks/stripe` });
      return till.provider;
    };
    const work = ({ house, installation }: OpenHouse) => seedEmpty(house, installation, { print: terminal.print, linesMax }, terminal);
    try {
      return await withHouse(situation, work, { migrates: true, connectionsMax: 10, provider });
    } finally {
      await till?.stop();
    }
  },
};

async function seedEmpty(
  house: House,
  installation: Installation | undefined,
  options: Parameters<typeof seedDemonstration>[1],
  terminal: Terminal,
): Promise<number> {
  if (installation?.kind === 'own' || installation?.seededAt) {
    terminal.warn(
      installation.seededAt
        ? 'The demonstration is there already.'
        : 'This is an installation of your own: demonstration data is only made in an empty one.',
    );
    return EXIT.refused;
  }
  await chooseInstallation(house.tools.database, 'demonstration');
  await seedDemonstration(house, options);
  return EXIT.done;
}

function readLines(words: readonly string[]): number | undefined {
  if (words.length === 0) return undefined;
  if (words[0] !== '--lines') throw new UsageTrouble(`there is no ${words[0]}`);
  return readCount('--lines', words[1] ?? '');
}

export const operator: Command = {
  usage: 'apply <file> [--reason R] | log [--json]',
  summary: 'take brand, seller, markets and plans from a file; show who changed them',
  run: ([verb, ...words], situation) => {
    if (verb === 'log') return showLog(words, situation);
    const { values, positionals } = parseArgs({ args: words, allowPositionals: true, options: { reason: { type: 'string' } } });
    const [file] = positionals;
    if (verb !== 'apply' || file === undefined) throw new UsageTrouble('say: operator apply <file>, or operator log');
    const operatorFile = readJson(file);
    const by = { actor: actorOf(COMMAND_LINE), reason: values.reason ?? `applied ${basename(file)}` };
    return withHouse(situation, async ({ house }) => {
      const applied = await applyOperator(house.tools, operatorFile, by);
      if (isRefusal(applied)) return tellRefusal(situation.terminal, applied);
      for (const change of applied.changes)
        situation.terminal.print(
          `${change.kind.padEnd(10)}${change.market} ${change.product ?? '(market)'} version ${change.version}, from ${change.validFrom.toISOString()}`,
        );
      situation.terminal.print(
        applied.changes.length === 0 && !applied.brandChanged
          ? 'Nothing changed: the file says what is so already.'
          : `Applied (revision ${applied.revision}).`,
      );
      return EXIT.done;
    });
  },
};

const LOG_ENTRIES = 50;

/** Who changed the house, newest first. */
function showLog(words: readonly string[], situation: Situation): Promise<number> {
  const { values } = parseArgs({ args: [...words], options: { json: { type: 'boolean' } } });
  return withHouse(situation, async ({ house }) => {
    const entries = await readHouseEntries(house.tools.database, { limitRows: LOG_ENTRIES });
    if (values.json) situation.terminal.print(toJson(entries));
    for (const { at, actor, action, reason, before, after } of values.json ? [] : entries) {
      situation.terminal.print(`${at.toISOString()}  ${actor}  ${action}  ${reason}`);
      situation.terminal.print(`  before ${toJson(before ?? null)}\n  after  ${toJson(after ?? null)}`);
    }
    if (entries.length === 0 && !values.json) situation.terminal.print('Nothing was changed yet.');
    return EXIT.done;
  });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageTrouble(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}

export const doctor: Command = {
  usage: '',
  summary: 'check what money depends on, and say what to do',
  async run(_, { config, terminal }) {
    const database = await openDatabase(config, terminal.warn);
    try {
      const checks = await checkServer(database.connection);
      for (const { name, ok, value, whatToDo } of checks)
        terminal.print(`${ok ? 'ok   ' : 'WRONG'} ${name.padEnd(22)}${value}${ok ? '' : `\n      ${whatToDo}`}`);
      return checks.every((check) => check.ok) ? EXIT.done : EXIT.refused;
    } finally {
      await database.release();
    }
  },
};
