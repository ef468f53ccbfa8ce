import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { migrate, readMigrations } from '#platform/migrate';
import { type EmptyDatabase, emptyDatabase, testDatabase } from '#tests/database';
import { backUp, restore } from './index.ts';

const AT = new Date('2026-11-02T17:00:00Z');

/** What text can hold that a file of lines could trip over. */
const AWKWARD = [
  '',
  '\\.',
  'a\n\\.\nb',
  '\\N',
  'tab\tnewline\nreturn\r',
  'it\'s "quoted" \\ slashed',
  '续费 \u{1F4F6}',
  'x'.repeat(300_000),
];

function newFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'everline-backup-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'backup.gz');
}

type Migrated = Pick<EmptyDatabase, 'connection' | 'ask'>;

async function migrated(t: TestContext): Promise<Migrated> {
  const { adminConnection: connection } = await testDatabase(t);
  return { connection, ask: (sql) => withClient(connection, async (client) => (await client.query<Record<string, unknown>>(sql)).rows) };
}

async function migratedByPlainUser(t: TestContext): Promise<Migrated> {
  const empty = await emptyDatabase(t, { owner: 'plain' });
  await migrate(empty.connection);
  return empty;
}

async function withClient<T>(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function writeEntries(connection: pg.ClientConfig, texts: readonly string[]): Promise<void> {
  await withClient(connection, async (client) => {
    for (const [index, text] of texts.entries()) {
      await client.query(
        `insert into records.entry (slot, account_id, entry_id, actor, action, subject, reason, before, after, at)
         values (1, 1, $1, $2, 'test', 'test', $3, $4, null, $5)`,
        [index, text, index % 2 === 0 ? text : null, JSON.stringify({ text }), AT],
      );
    }
  });
}

const readEntries = (database: Migrated) => database.ask('select * from records.entry order by entry_id');

test('whatever a text holds comes back as it was', async (t) => {
  const [from, to] = [await migrated(t), await migrated(t)];
  await writeEntries(from.connection, AWKWARD);
  const file = newFile(t);
  const { rows } = await backUp(from.connection, file, AT);
  const restored = await restore(to.connection, file);
  assert.deepEqual([restored.rows, restored.takenAt], [rows, AT]);
  assert.deepEqual(await readEntries(to), await readEntries(from));
});

test('the file is text, readable by its owner only, and nothing else is left beside it', async (t) => {
  const from = await migrated(t);
  const file = newFile(t);
  const { octets } = await backUp(from.connection, file, AT);
  assert.deepEqual([statSync(file).mode & 0o777, statSync(file).size, readdirSync(join(file, '..'))], [0o600, octets, ['backup.gz']]);
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
  const header = JSON.parse(lines[0] ?? '') as { takenAt: string; tables: { table: string }[]; migrations: unknown[] };
  assert.deepEqual([header.takenAt, header.migrations.length], [AT.toISOString(), readMigrations().length]);
  assert.equal(lines.filter((line) => line === '\\.').length, header.tables.length);
  assert.match(lines.at(-1) ?? '', /^\{"whole":true,"rows":\d+\}$/);
});

test('every table of the database is in it, but public.migration and the job queue', async (t) => {
  const from = await migrated(t);
  const file = newFile(t);
  await backUp(from.connection, file, AT);
  const header = JSON.parse(gunzipSync(readFileSync(file)).toString().split('\n')[0] ?? '') as { tables: { table: string }[] };
  const all = await from.ask(`select schemaname || '.' || tablename as table from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema', 'graphile_worker') and not (schemaname = 'public' and tablename = 'migration') order by 1`);
  assert.deepEqual(header.tables.map(({ table }) => table).sort(), all.map(({ table }) => String(table)).sort());
});

test('a table larger than any buffer passes through, row for row', async (t) => {
  const [from, to] = [await migrated(t), await migrated(t)];
  await from.ask(`insert into records.entry (slot, account_id, entry_id, actor, action, subject, reason, at)
    select n % 1024, n % 1024, n, md5(n::text), 'test', 'test', repeat(md5((n * 7)::text), 8 + n % 20), '2026-11-02T17:00:00Z' from generate_series(1, 60000) n`);
  const file = newFile(t);
  assert.equal((await backUp(from.connection, file, AT)).rows, 60_002);
  await restore(to.connection, file);
  const sum = `select count(*) as rows, md5(string_agg(md5(e::text), '' order by entry_id)) as content from records.entry e`;
  assert.deepEqual(await to.ask(sum), await from.ask(sum));
});

test('it is one moment: what is committed while it runs is in it whole or not at all', async (t) => {
  const [from, to] = [await migrated(t), await migrated(t)];
  const file = newFile(t);
  let finished = false;
  const writing = withClient(from.connection, async (client) => {
    for (let id = 1; !finished; id += 1) {
      await client.query(`begin; insert into outbox.applied values (1, 1, ${id}, 'test', '2026-11-02T17:00:00Z');
        insert into records.entry (slot, account_id, entry_id, actor, action, subject, at) values (1, 1, ${id}, 'test', 'test', 'test', '2026-11-02T17:00:00Z'); commit`);
    }
  });
  while ((await from.ask('select 1 from records.entry limit 1')).length === 0);
  await backUp(from.connection, file, AT);
  finished = true;
  await writing;
  await restore(to.connection, file);
  const [row] = await to.ask('select (select count(*) from outbox.applied) as applied, (select count(*) from records.entry) as entries');
  assert.ok(Number(row?.['applied']) > 0);
  assert.equal(row?.['applied'], row?.['entries']);
});

test('a database of a plain user is backed up and restored by that user', async (t) => {
  const [from, to] = [await migratedByPlainUser(t), await migratedByPlainUser(t)];
  await writeEntries(from.connection, ['kept']);
  const file = newFile(t);
  await backUp(from.connection, file, AT);
  await restore(to.connection, file);
  assert.deepEqual(await readEntries(to), await readEntries(from));
});

/** The oldest running transaction is the server's, not the database's: tests beside this one hold it back for a moment. */
async function noneRunningBefore(database: Awaited<ReturnType<typeof migrated>>): Promise<void> {
  const [now] = await database.ask('select pg_current_xact_id()::text as id');
  const oldest = async () => BigInt(String((await database.ask('select pg_snapshot_xmin(pg_current_snapshot())::text as id'))[0]?.['id']));
  while ((await oldest()) <= BigInt(String(now?.['id']))) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('a roll-up counts after a restore exactly what it had not counted before', async (t) => {
  const [from, to] = [await migrated(t), await migrated(t)];
  const post = (
    id: number,
  ) => `insert into ledger.transaction (slot, account_id, transaction_id, kind, reference, leg_accounts, leg_units, leg_amounts, effective_at, recorded_at)
    values (1, 1, ${id}, 'test', '${id}', '{a,b}', '{USD,USD}', '{1,-1}', '2026-11-02T17:00:00Z', '2026-11-02T17:00:00Z')`;
  await from.ask(post(1));
  await noneRunningBefore(from);
  await from.ask(`insert into ledger.rolled_up select 1, pg_snapshot_xmin(pg_current_snapshot())`);
  await from.ask(post(2));
  const file = newFile(t);
  await backUp(from.connection, file, AT);
  await restore(to.connection, file);
  await noneRunningBefore(to);
  const uncounted = `select t.reference from ledger.transaction t join ledger.rolled_up r using (slot)
    where t.xid >= r.through_xid and t.xid < pg_snapshot_xmin(pg_current_snapshot())`;
  assert.deepEqual(await to.ask(uncounted), [{ reference: '2' }]);
});

test('a file that is there already is never replaced', async (t) => {
  const from = await migrated(t);
  const file = newFile(t);
  writeFileSync(file, 'precious');
  await assert.rejects(backUp(from.connection, file, AT), { code: 'backup_exists' });
  assert.equal(readFileSync(file, 'utf8'), 'precious');
});

test('a file that cannot be written is told so, and nothing is left', async (t) => {
  const from = await migrated(t);
  const file = newFile(t);
  await assert.rejects(backUp(from.connection, join(file, 'below', 'backup.gz'), AT), {
    code: 'backup_unwritable',
    message: /cannot be written \(ENOENT\)/,
  });
  assert.equal(existsSync(file), false);
});

test('a backup is restored into an empty database only', async (t) => {
  const [from, to] = [await migrated(t), await migrated(t)];
  const file = newFile(t);
  await backUp(from.connection, file, AT);
  await writeEntries(to.connection, ['in use']);
  await assert.rejects(restore(to.connection, file), { code: 'database_not_empty', message: /records\.entry has rows/ });
  assert.equal((await readEntries(to)).length, 1);
});

test('what a start writes by itself does not make a database somebody’s', async (t) => {
  const [from, to] = [await migrated(t), await migrated(t)];
  await from.ask(`insert into seal.key (key) values (decode(repeat('01', 32), 'hex'))`);
  await to.ask(`insert into seal.key (key) values (decode(repeat('02', 32), 'hex')); update clock.business set offset_ms = 5`);
  const file = newFile(t);
  await backUp(from.connection, file, AT);
  await restore(to.connection, file);
  assert.deepEqual(await to.ask(`select get_byte(key, 0) as octet, offset_ms from seal.key, clock.business`), [
    { octet: 1, offset_ms: '0' },
  ]);
});

test('a database that is not migrated to this program’s schema is neither backed up nor restored into', async (t) => {
  const { connection } = await emptyDatabase(t);
  await migrate(connection, readMigrations().slice(0, -1));
  const file = newFile(t);
  await assert.rejects(backUp(connection, file, AT), { code: 'database_not_migrated', message: /older.*Run everline migrate first/ });
  await backUp((await migrated(t)).connection, file, AT);
  await assert.rejects(restore(connection, file), { code: 'database_not_migrated' });
});

test('a backup of another schema is left to the program that made it', async (t) => {
  const database = await migrated(t);
  const file = newFile(t);
  await backUp(database.connection, file, AT);
  const text = gunzipSync(readFileSync(file)).toString();
  const newest = readMigrations().at(-1);
  const older = text.replace(`,{"name":"${newest?.name}","hash":"${newest?.hash}"}`, '');
  writeFileSync(file, gzipSync(older));
  await assert.rejects(restore(database.connection, file), {
    code: 'backup_differs',
    message: /made it, then run everline migrate with this one/,
  });
  writeFileSync(file, gzipSync(text.replace(newest?.hash ?? '', 'other')));
  await assert.rejects(restore(database.connection, file), { code: 'backup_differs' });
  writeFileSync(file, gzipSync(text.replace('"version":1', '"version":2')));
  await assert.rejects(restore(database.connection, file), { code: 'backup_differs', message: /layout/ });
});

test('of a file that is damaged, cut short or no backup nothing is restored', async (t) => {
  const [from, to] = [await migrated(t), await migrated(t)];
  await writeEntries(from.connection, AWKWARD);
  const file = newFile(t);
  await backUp(from.connection, file, AT);
  const whole = readFileSync(file);
  const text = gunzipSync(whole).toString();
  const cases: [string, Buffer | string, string][] = [
    ['cut short', whole.subarray(0, whole.length - 9), 'backup_damaged'],
    ['cut in half', whole.subarray(0, whole.length / 2), 'backup_damaged'],
    ['a byte changed', Buffer.concat([whole.subarray(0, -20), Buffer.from('damage'), whole.subarray(-14)]), 'backup_damaged'],
    ['a row missing', gzipSync(text.replace(/^1\t1\t1\t.*\n/m, '')), 'backup_damaged'],
    ['the last line missing', gzipSync(text.slice(0, text.indexOf('{"whole"'))), 'backup_damaged'],
    ['no backup', gzipSync('{"hello":1}\n'), 'not_a_backup'],
    ['no gzip', 'hello\n', 'not_a_backup'],
  ];
  for (const [what, content, code] of cases) {
    writeFileSync(file, content);
    await assert.rejects(restore(to.connection, file), { code }, what);
    assert.deepEqual(await readEntries(to), [], what);
  }
  truncateSync(file, 0);
  await assert.rejects(restore(to.connection, file), { code: 'backup_damaged' });
  await assert.rejects(restore(to.connection, `${file}.nowhere`), { code: 'not_a_backup', message: /cannot be read \(ENOENT\)/ });
  writeFileSync(file, whole);
  await restore(to.connection, file);
  assert.deepEqual(await readEntries(to), await readEntries(from));
});

test('the program’s own role may not read everything out: a backup needs the migrating user', async (t) => {
  const { adminConnection } = await testDatabase(t);
  const stranger = { ...adminConnection, user: (await (await emptyDatabase(t)).connectionOf('plain')).user };
  await assert.rejects(backUp(stranger, newFile(t), AT), { code: 'not_permitted' });
});
