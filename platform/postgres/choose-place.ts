/**
 * Where the data, the log and the socket live. Normally all below the home folder; when the server's user cannot reach
 * that, in a readable place named by the hash of the home's path. `<home>/where` says where, for people and for the
 * next start: the data stays where it once was, also when the home becomes reachable later.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canReach } from './can-reach.ts';
import { chooseRunner, type Runner } from './choose-runner.ts';
import { chooseSocketFolder } from './short-socket.ts';
import { PostgresTrouble } from './trouble.ts';

export type Place = {
  readonly home: string;
  /** The folder that holds the rest: the home, or its stand-in below `readablePlace`. */
  readonly base: string;
  readonly data: string;
  readonly log: string;
  readonly socketFolder: string;
  readonly runner: Runner | undefined;
  /** Where a copy of the programs goes that the runner can reach. */
  readonly shelter: string;
};

export const READABLE_PLACE = '/var/lib/everline';

export function choosePlace(givenHome: string, readablePlace = READABLE_PLACE): Place {
  mkdirSync(givenHome, { recursive: true });
  const home = realpathSync(givenHome);
  const hash = createHash('sha256').update(home).digest('hex').slice(0, 16);
  const known = readWhere(home);
  const runner = chooseRunner(known?.data ?? join(home, 'postgres'));
  const inHome = runner === undefined || existsSync(join(home, 'postgres')) || canReach(home, runner);
  const base = known?.base ?? (inHome ? home : join(readablePlace, hash));
  const data = join(base, 'postgres');
  mkdirSync(base, { recursive: true, mode: 0o755 });
  if (runner !== undefined && !canReach(existsSync(data) ? data : base, runner)) {
    throw new PostgresTrouble(
      'not_permitted',
      `The database lies in ${data}, which user ${runner.name} (who runs PostgreSQL, since you are root) may not enter.`,
      'Let others pass through the folders above it (chmod o+x).',
    );
  }
  const shelter = join(runner === undefined ? base : readablePlace, 'programs');
  return { home, base, data, log: join(base, 'postgres.log'), socketFolder: chooseSocketFolder(base, hash), runner, shelter };
}

/** For people; `base` and `home` are also read back. */
export function writeWhere(place: Place, bin: string): void {
  const lines = { base: place.base, home: place.home, data: place.data, log: place.log, socket: place.socketFolder, programs: bin };
  const text = Object.entries(lines).map(([name, value]) => `${name}: ${value}\n`);
  writeFileSync(join(place.home, 'where'), text.join(''));
  // From the other side: whose data this is, for whoever cleans up.
  if (place.base !== place.home) writeFileSync(join(place.base, 'home'), `${place.home}\n`);
}

function readWhere(home: string): { base: string; data: string } | undefined {
  const file = join(home, 'where');
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const field = (name: string) => new RegExp(`^${name}: (.+)$`, 'm').exec(text)?.[1];
  const was = { base: field('base'), home: field('home'), data: field('data') };
  if (was.base === undefined || was.data === undefined || !existsSync(was.data)) return undefined;
  if (was.home === home || was.home === undefined) return { base: was.base, data: was.data };
  // The folder was moved or copied. What lay inside it came along.
  if (was.base === was.home) return undefined;
  if (!existsSync(was.home)) return { base: was.base, data: was.data };
  throw new PostgresTrouble(
    'home_copied',
    `${home} is a copy of ${was.home}, whose database lies in ${was.data} and is not part of the copy.`,
    `Remove ${file} to begin with an empty database, and use everline backup and restore to move data.`,
  );
}
