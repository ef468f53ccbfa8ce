/** The command line. Each command is a file in `commands/`; this one finds it, runs it and ends with its exit code. */

import { join } from 'node:path';
import { ConfigTrouble, readConfig } from '#platform/config';
import { MigrationTrouble } from '#platform/migrate';
import { PostgresTrouble } from '#platform/postgres';
import { EXIT, type Terminal, UsageTrouble } from './commands/command.ts';
import { COMMANDS } from './commands/index.ts';
import { UnsafeDatabase } from './house/index.ts';

const [name = 'help', ...words] = process.argv.slice(2);
const terminal: Terminal = {
  print: (line) => void process.stdout.write(`${line}\n`),
  warn: (line) => void process.stderr.write(`${line}\n`),
  colours: process.stdout.isTTY === true,
};

// A reader that has seen enough (`| head`), a terminal that was closed: there is nobody to tell, and what runs ends in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

async function main(): Promise<number> {
  const command = COMMANDS[name];
  if (command === undefined || name === 'help') {
    for (const [word, { usage, summary }] of Object.entries(COMMANDS))
      terminal.print(`  everline ${`${word} ${usage}`.padEnd(58)} ${summary}`);
    return name === 'help' || name === '--help' ? EXIT.done : EXIT.usage;
  }
  if (words.includes('--help')) {
    terminal.print(`everline ${name} ${command.usage}\n${command.summary}`);
    return EXIT.done;
  }
  return command.run(words, { config: readConfig(process.env, join(import.meta.dirname, '..')), terminal });
}

/** What went wrong in words for whoever typed the command; a bug of ours keeps its stack. */
function tell(error: unknown): number {
  if (error instanceof UsageTrouble || (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) {
    terminal.warn(`everline ${name}: ${error.message}\nusage: everline ${name} ${COMMANDS[name]?.usage ?? ''}`);
    return EXIT.usage;
  }
  const known =
    error instanceof ConfigTrouble ||
    error instanceof PostgresTrouble ||
    error instanceof MigrationTrouble ||
    error instanceof UnsafeDatabase;
  terminal.warn(
    known ? `everline: ${error.message}` : `everline: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return EXIT.fault;
}

process.exitCode = await main().catch(tell);
