/**
 * What a database must be before money is kept in it, asked at every boot of every node. A server of one's own can have
 * been tuned for speed by somebody who kept no money in it; a connection can lead to a standby that lags.
 */
import pg from 'pg';
import { compareSchema, rolesAreSeparate, type SchemaStanding } from '#platform/migrate';
import { PostgresTrouble } from './trouble.ts';

export type Check = {
  readonly name: 'version' | 'fsync' | 'full_page_writes' | 'synchronous_commit' | 'primary' | 'encoding' | 'schema' | 'clock' | 'roles';
  readonly ok: boolean;
  /** True: not ok means that the program must not start. False: it is told, and the program starts. */
  readonly refuse: boolean;
  /** What was found, for people. */
  readonly value: string;
  /** The next step, one sentence, for when it is not ok. */
  readonly whatToDo: string;
};

export type CheckOptions = {
  /** This machine's time; tests hand in another. */
  readonly nowMs?: () => number;
};

const VERSION_MIN = 15;
/** A node whose clock differs more would sign, expire and lease wrongly (architecture.md, two clocks). */
const SKEW_MS_MAX = 2_000;

type Settings = Record<'version' | 'fsync' | 'full_page_writes' | 'synchronous_commit' | 'standbys' | 'read_only' | 'encoding', string> & {
  readonly in_recovery: boolean;
};

const READ_SETTINGS = `select current_setting('server_version') as version, current_setting('fsync') as fsync,
  current_setting('full_page_writes') as full_page_writes, current_setting('synchronous_commit') as synchronous_commit,
  current_setting('synchronous_standby_names') as standbys, current_setting('transaction_read_only') as read_only,
  current_setting('server_encoding') as encoding, pg_is_in_recovery() as in_recovery`;

/** All of them, in this order, ok or not; connect as the program does. Rejects only when the server cannot be reached. */
export async function checkServer(connection: string | pg.ClientConfig, options: CheckOptions = {}): Promise<Check[]> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    const settings = (await client.query<Settings>(READ_SETTINGS)).rows[0] as Settings;
    const skewMs = await measureSkew(client, options.nowMs ?? Date.now);
    return [
      ...durabilityChecks(settings),
      ...placeChecks(settings),
      schemaCheck(await compareSchema(client)),
      clockCheck(skewMs),
      rolesCheck(await rolesAreSeparate(client)),
    ];
  } finally {
    await client.end();
  }
}

/** The checks, or PostgresTrouble `server_unsafe` that names every one that refuses. */
export async function assertMoneySafe(connection: string | pg.ClientConfig, options: CheckOptions = {}): Promise<Check[]> {
  const checks = await checkServer(connection, options);
  const wrong = checks.filter((check) => check.refuse && !check.ok);
  if (wrong.length === 0) return checks;
  throw new PostgresTrouble(
    'server_unsafe',
    `Everline does not keep money in this database: ${wrong.map((check) => `${check.name} is ${check.value}`).join('; ')}.`,
    wrong.map((check) => check.whatToDo).join(' '),
  );
}

function durabilityChecks(settings: Settings): Check[] {
  const { fsync, full_page_writes: pages, synchronous_commit: commit, standbys } = settings;
  // Without standbys all but `off` wait for this server's own disk; with them `local` would be lost by a failover.
  const waits = commit !== 'off' && !(commit === 'local' && standbys !== '');
  return [
    {
      name: 'fsync',
      ok: fsync === 'on',
      refuse: true,
      value: fsync,
      whatToDo: 'Set fsync = on in postgresql.conf and reload; a power cut loses payments otherwise.',
    },
    {
      name: 'full_page_writes',
      ok: pages === 'on',
      refuse: true,
      value: pages,
      whatToDo: 'Set full_page_writes = on in postgresql.conf and reload; a power cut tears pages otherwise.',
    },
    {
      name: 'synchronous_commit',
      ok: waits,
      refuse: true,
      value: commit,
      whatToDo:
        'Set synchronous_commit = on for the server, and reset it for this user and database (alter role … reset synchronous_commit).',
    },
  ];
}

function placeChecks({ version, in_recovery: inRecovery, read_only: readOnly, encoding }: Settings): Check[] {
  return [
    {
      name: 'version',
      ok: Number.parseInt(version, 10) >= VERSION_MIN,
      refuse: true,
      value: version,
      whatToDo: `Use PostgreSQL ${VERSION_MIN} or later.`,
    },
    {
      name: 'primary',
      ok: !inRecovery && readOnly === 'off',
      refuse: true,
      value: inRecovery ? 'a replica' : readOnly === 'on' ? 'read only' : 'primary',
      whatToDo: 'Let DATABASE_URL name the primary (and reset default_transaction_read_only): money is never decided from a replica.',
    },
    {
      name: 'encoding',
      ok: encoding === 'UTF8',
      refuse: true,
      value: encoding,
      whatToDo: "Create the database anew with encoding 'UTF8' template template0: names in Chinese have no place in it.",
    },
  ];
}

const SCHEMA_STEPS: Record<SchemaStanding['standing'], string> = {
  same: '',
  empty: 'Run everline migrate.',
  older: 'Run everline migrate.',
  newer: 'Upgrade this program: another node has migrated the database already.',
  changed: 'Start a program with the migrations this database was made with: one that was applied has been edited.',
};

function schemaCheck({ standing, value }: SchemaStanding): Check {
  return {
    name: 'schema',
    ok: standing === 'same',
    refuse: true,
    value: standing === 'same' ? value : `${standing}: ${value}`,
    whatToDo: SCHEMA_STEPS[standing],
  };
}

function clockCheck(skewMs: number): Check {
  return {
    name: 'clock',
    ok: Math.abs(skewMs) <= SKEW_MS_MAX,
    refuse: true,
    value: `${Math.abs(skewMs) / 1000} s ${skewMs < 0 ? 'ahead of' : 'behind'} the database`,
    whatToDo: 'Set the clocks of this machine and of the database by NTP (timedatectl set-ntp true).',
  };
}

function rolesCheck(separate: boolean): Check {
  return {
    name: 'roles',
    ok: separate,
    refuse: false,
    value: separate ? 'separate' : 'one user',
    whatToDo:
      'Migrate a new database as a user who may create roles: then the database itself keeps postings and records from being changed.',
  };
}

/** How far the database is ahead of us, in ms; the middle of the fastest of three round trips. */
async function measureSkew(client: pg.Client, nowMs: () => number): Promise<number> {
  let best = { roundTripMs: Number.POSITIVE_INFINITY, skewMs: 0 };
  for (let round = 0; round < 3; round += 1) {
    const sentMs = nowMs();
    const { rows } = await client.query<{ ms: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as ms');
    const roundTripMs = nowMs() - sentMs;
    if (roundTripMs < best.roundTripMs) best = { roundTripMs, skewMs: Math.round((rows[0]?.ms ?? 0) - sentMs - roundTripMs / 2) };
  }
  return best.skewMs;
}
