/**
 * Trap: PostgreSQL refuses to run as root, and containers and fresh machines run `npm start` as root. The server is
 * then run as another user of the machine; everything it must reach has to be reachable for that user.
 */
import { readFileSync, statSync } from 'node:fs';
import { PostgresTrouble } from './trouble.ts';

export type Runner = { readonly uid: number; readonly gid: number; readonly name: string };

/** In order of preference. `nobody` last: other programs may run as it. */
const NAMES = ['everline', 'postgres', 'nobody'];

/**
 * The user the server runs as, or undefined: as ourselves. Data that exists decides, so that a user added to the
 * machine later does not lock us out of it.
 */
export function chooseRunner(data: string, ourUid = process.getuid?.(), passwd = '/etc/passwd'): Runner | undefined {
  if (ourUid !== 0) return undefined;
  const users = readUsers(passwd);
  const owner = statSync(data, { throwIfNoEntry: false })?.uid;
  const found =
    users.find((user) => owner !== 0 && user.uid === owner) ?? NAMES.map((name) => users.find((user) => user.name === name)).find(Boolean);
  if (found !== undefined) return found;
  throw new PostgresTrouble(
    'no_other_user',
    'You are root, PostgreSQL refuses to run as root, and this machine has no user to run it as.',
    'Add one (useradd --system everline) and start again, or start as an ordinary user.',
  );
}

function readUsers(passwd: string): Runner[] {
  return readFileSync(passwd, 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map((fields) => ({ name: fields[0] as string, uid: Number(fields[2]), gid: Number(fields[3]) }));
}
