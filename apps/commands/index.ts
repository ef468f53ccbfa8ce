import { bench } from './bench.ts';
import { clock } from './clock.ts';
import type { Command } from './command.ts';
import { join } from './join.ts';
import { backup, restoreFrom } from './keep.ts';
import { line } from './line.ts';
import { order } from './order.ts';
import { peers, sessions } from './peers.ts';
import { renew } from './renew.ts';
import { doctor, init, migrateDatabase, operator, seed } from './set-up.ts';
import { simulate } from './simulate.ts';
import { start } from './start.ts';

export const COMMANDS: Readonly<Record<string, Command>> = {
  start,
  init,
  operator,
  line,
  join,
  renew,
  order,
  peers,
  sessions,
  simulate,
  clock,
  migrate: migrateDatabase,
  seed,
  doctor,
  backup,
  restore: restoreFrom,
  bench,
};
