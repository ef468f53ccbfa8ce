import { parseArgs } from 'node:util';
import { ROLES, type Role, type RunningEverline, startEverline } from '../start/index.ts';
import { type Command, EXIT, readCount, type Terminal, UsageTrouble } from './command.ts';
import { demonstrationSignIns } from './demonstration-sign-ins.ts';

export const start: Command = {
  usage: `[--role ${ROLES.join(',')}] [--lines N]`,
  summary: 'start the database, the pages, the API and the jobs',
  async run(words, { config, terminal }) {
    const { values } = parseArgs({ args: [...words], options: { role: { type: 'string' }, lines: { type: 'string' } } });
    const linesMax = values.lines === undefined ? undefined : readCount('--lines', values.lines);
    const began = Date.now();
    const stopAsked = new Promise<string>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(signal));
    });
    const print = (line: string) => terminal.print(`  ${line}`);
    const running = await startEverline({ config, roles: readRoles(values.role), print, linesMax });
    await printAddresses(running, terminal, Date.now() - began, config.port);
    await stopAsked;
    terminal.print('\n  Stopping.');
    await running.stop();
    return EXIT.done;
  },
};

function readRoles(text: string | undefined): readonly Role[] {
  if (text === undefined) return ROLES;
  const roles = text.split(',').map((role) => role.trim());
  const unknown = roles.find((role) => !(ROLES as readonly string[]).includes(role));
  if (unknown !== undefined) throw new UsageTrouble(`there is no role "${unknown}"; roles are ${ROLES.join(', ')}`);
  return roles as Role[];
}

async function printAddresses(running: RunningEverline, terminal: Terminal, tookMs: number, wishedPort: number): Promise<void> {
  const { publicUrl, simulatorUrl, demonstration, opened } = running;
  const brand = opened.house.catalog.latest().brand?.name ?? 'Everline';
  const rows: [string, string][] = [
    ['self-care', `${publicUrl}/`],
    ['API', `${publicUrl}/api/v1/openapi.json`],
    ['health', `${publicUrl}/healthz`],
  ];
  if (demonstration) rows.push(['outbox', `${publicUrl}/outbox`], ['clock', `${publicUrl}/clock`]);
  if (simulatorUrl !== undefined) rows.push(['payment simulator', `${simulatorUrl}/_simulator`]);
  if (running.portTaken) terminal.print(`  Port ${wishedPort} is taken; this is the next free one.`);
  terminal.print(`\n  ${brand} is ready after ${(tookMs / 1000).toFixed(1)} s.\n`);
  for (const [what, where] of rows) terminal.print(`  ${what.padEnd(20)}${where}`);
  if (opened.database.unsafe) terminal.print('\n  UNSAFE: this database runs without fsync.');
  if (demonstration) for (const line of await demonstrationSignIns(opened.house)) terminal.print(line);
  terminal.print('\n  Ctrl-C ends it.');
}
