import { parseArgs } from 'node:util';
import { ROLES, type Role, type RunningEverline, startEverline } from '../start/index.ts';
import { type Command, EXIT, readCount, type Terminal, UsageTrouble } from './command.ts';
import { demonstrationSignIns } from './demonstration-sign-ins.ts';

export const start: Command = {
  usage: `[--role ${ROLES.join(',')}] [--lines N] [--traffic on|off]`,
  summary: 'start the database, the pages, the API and the jobs',
  async run(words, { config, terminal }) {
    const options = { role: { type: 'string' }, lines: { type: 'string' }, traffic: { type: 'string' } } as const;
    const { values } = parseArgs({ args: [...words], options });
    const traffic = values.traffic === undefined ? undefined : readSwitch('--traffic', values.traffic);
    const linesMax = values.lines === undefined ? undefined : readCount('--lines', values.lines);
    const began = Date.now();
    const { signal, asked } = untilAsked(terminal);
    const print = (line: string) => terminal.print(`  ${line}`);
    try {
      const running = await startEverline({ config, roles: readRoles(values.role), print, linesMax, traffic, signal });
      await printAddresses(running, terminal, Date.now() - began, config.port);
      await asked;
      await running.stop();
    } catch (error) {
      // Cut short because somebody asked: what was started has been stopped again.
      if (!signal.aborted) throw error;
    }
    return EXIT.done;
  },
};

/**
 * Ctrl-C, and what ends programs. Whoever presses it again is told that we are at it: ending at once would leave the database
 * running without us, and save no time.
 */
function untilAsked(terminal: Terminal): { readonly signal: AbortSignal; readonly asked: Promise<void> } {
  const stop = new AbortController();
  const asked = new Promise<void>((resolve) => {
    stop.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const onSignal = () => {
    terminal.print(stop.signal.aborted ? '  Still stopping; a moment more.' : '\n  Stopping.');
    stop.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return { signal: stop.signal, asked };
}

function readSwitch(option: string, text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new UsageTrouble(`${option} is on or off`);
  return text === 'on';
}

function readRoles(text: string | undefined): readonly Role[] {
  if (text === undefined) return ROLES;
  const roles = text.split(',').map((role) => role.trim());
  const unknown = roles.find((role) => !(ROLES as readonly string[]).includes(role));
  if (unknown !== undefined) throw new UsageTrouble(`there is no role "${unknown}"; roles are ${ROLES.join(', ')}`);
  return roles as Role[];
}

async function printAddresses(running: RunningEverline, terminal: Terminal, tookMs: number, wishedPort: number): Promise<void> {
  const { publicUrl, simulatorUrl, gyPort, nchfPort, coreUrl, core5gUrl, demonstration, demonstrationUrl, opened } = running;
  const brand = opened.house.catalog.latest().brand?.name ?? 'Everline';
  const rows: [string, string][] = [
    ['self-care', `${publicUrl}/`],
    ['API', `${publicUrl}/api/v1/openapi.json`],
    ['health', `${publicUrl}/healthz`],
  ];
  if (demonstrationUrl !== undefined) rows.push(['outbox', `${demonstrationUrl}/outbox`], ['clock', `${demonstrationUrl}/clock`]);
  if (simulatorUrl !== undefined) rows.push(['payment simulator', `${simulatorUrl}/_simulator`]);
  if (gyPort !== undefined) rows.push(['packet cores (Gy)', `diameter port ${gyPort}`]);
  if (nchfPort !== undefined) rows.push(['5G consumers (Nchf)', `HTTP/2 port ${nchfPort}`]);
  if (coreUrl !== undefined) rows.push(['packet core', coreUrl]);
  if (core5gUrl !== undefined) rows.push(['packet core (5G)', core5gUrl]);
  if (running.portTaken) terminal.print(`  Port ${wishedPort} is taken; this is the next free one.`);
  terminal.print(`\n  ${brand} is ready after ${(tookMs / 1000).toFixed(1)} s.\n`);
  for (const [what, where] of rows) terminal.print(`  ${what.padEnd(20)}${where}`);
  if (opened.database.unsafe) terminal.print('\n  UNSAFE: this database runs without fsync.');
  if (demonstration) for (const line of await demonstrationSignIns(opened.house, publicUrl)) terminal.print(line);
  terminal.print('\n  Ctrl-C ends it.');
}
