import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type pg from 'pg';
import { createChargingEngine, PROFILES } from '#domain/charging';
import { readHouseTotals } from '#domain/ledger';
import type { NumberClaim } from '#domain/lines';
import { backUp, restore } from '#platform/backup';
import { createDatabase, createPool } from '#platform/database';
import { createLog } from '#platform/log';
import { everlineSchemas, migrate } from '#platform/migrate';
import { emptyDatabase } from '#tests/database';
import {
  activeLine,
  BALANCE,
  buy,
  deliverWebhooks,
  drainOutbox,
  fillBalance,
  PACK,
  personWithCard,
  RENEW,
  stateOf,
  type TestHouse,
  testHouse,
} from '#tests/house';
import { rollUpAll } from '../../domain/ledger/example-account.ts';
import { atEnd, DEBIAN_15, NO_DEBIAN_15, query, smallDisk, started, temporaryFolder } from './index.ts';

const AT = new Date('2026-11-02T17:00:00Z');

/** Every row of every table as text (of views none: they have no rows of their own), without transaction ids: those are carried, not copied. */
async function readAll(connection: pg.ClientConfig): Promise<Map<string, unknown[]>> {
  const schemas = everlineSchemas().map((name) => `'${name}'`);
  const tables = await query<{ name: string; columns: string[] }>(
    connection,
    `select format('%I.%I', table_schema, table_name) as name,
       array_agg(format('%I', column_name) order by ordinal_position) filter (where udt_name <> 'xid8') as columns
     from information_schema.columns where table_schema in (${schemas.join(', ')})
       and (select relkind <> 'v' and not relispartition from pg_class where oid = format('%I.%I', table_schema, table_name)::regclass)
     group by 1 order by 1`,
  );
  const content = new Map<string, unknown[]>();
  for (const { name, columns } of tables) {
    const rows = await query<{ row: string }>(connection, `select (row(${columns.join(', ')}))::text as row from ${name} order by 1`);
    content.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  return content;
}

async function houseTotals(t: Parameters<typeof atEnd>[0], connection: pg.ClientConfig) {
  const source = createPool({ connection, connectionsMax: 2, onIdleError: () => {} });
  atEnd(t, () => source.close());
  const database = createDatabase(source);
  await rollUpAll(database);
  return readHouseTotals(database);
}

/** A session of the packet core: its requests lie in a partition that did not exist when the schema was made. */
async function useData(house: TestHouse, line: NumberClaim): Promise<void> {
  const { number } = (await stateOf(house, line)).line;
  const engine = createChargingEngine(house.tools, async () => house.catalog, createLog(2, 'silent'));
  const item = { ratingGroup: 10, serviceIdentifier: null };
  const request = { peer: 'smf.example', profile: PROFILES.standard, reference: 'one', line: { number }, kind: 'data' } as const;
  for (const [operation, count, items] of [
    ['begin', 0n, [{ ...item, asked: null }]],
    ['update', 1n, [{ ...item, asked: null, used: 1_000_000n }]],
  ] as const) {
    const answer = await engine.charge({ ...request, operation, key: operation, number: count, contentHash: Buffer.alloc(16), items });
    assert.equal(answer.result, 'success');
  }
  await engine.close();
}

test('a house in full use is restored row for row, in every table, and goes on counting where it was', async (t) => {
  const house = await testHouse(t);
  const line = await activeLine(house);
  await fillBalance(house, line, 5000n);
  await rollUpAll(house.database);
  await buy(house, line, [RENEW, PACK], { way: BALANCE });
  const { person, method } = await personWithCard(house, line);
  await buy(house, line, [RENEW], { asker: person, way: { kind: 'saved', savedMethodId: method.savedMethodId } });
  await deliverWebhooks(house);
  await drainOutbox(house);
  await useData(house, line);
  const to = await emptyDatabase(t);
  await migrate(to.connection);
  const file = join(temporaryFolder(t), 'backup.gz');
  const { rows } = await backUp(house.adminConnection, file, AT);
  assert.equal((await restore(to.connection, file)).rows, rows);
  const [before, after] = [await readAll(house.adminConnection), await readAll(to.connection)];
  assert.equal(
    [...before.values()].reduce((sum, table) => sum + table.length, 0),
    rows,
  );
  const used = [...before].filter(([, table]) => table.length > 0).map(([name]) => name);
  assert.ok(used.length > 15, `tables with rows: ${used.join(', ')}`);
  assert.deepEqual(after, before);
  assert.deepEqual(await houseTotals(t, to.connection), await houseTotals(t, house.adminConnection));
});

test('a backup of PostgreSQL 15 is restored on the embedded one, and the other way round', { skip: NO_DEBIAN_15 }, async (t) => {
  const old = await started(t, { home: temporaryFolder(t), bin: DEBIAN_15 });
  const current = await started(t, { home: temporaryFolder(t) });
  await migrate(old.connection);
  await query(
    old.connection,
    `insert into records.entry (slot, account_id, entry_id, actor, action, subject, after, at) values (1, 1, 1, '王', 'test', 'test', '{"a": 1.50}', '2026-11-02T17:00:00.123456Z')`,
  );
  const there = join(temporaryFolder(t), 'backup.gz');
  await backUp(old.connection, there, AT);
  await migrate(current.connection);
  await restore(current.connection, there);
  const content = await readAll(old.connection);
  assert.deepEqual(await readAll(current.connection), content);
  const back = join(temporaryFolder(t), 'backup.gz');
  await backUp(current.connection, back, AT);
  await query(old.connection, 'create database again');
  const again: pg.ClientConfig = Object.assign({}, old.connection, { database: 'again' });
  await migrate(again);
  await restore(again, back);
  assert.deepEqual(await readAll(again), content);
});

test('a backup for which the disk is too small is told so, and nothing of it is left', async (t) => {
  const disk = smallDisk(t, 1);
  if (disk === undefined) return t.skip('a small disk can only be mounted by root, where mounting is allowed');
  const from = await emptyDatabase(t);
  await migrate(from.connection);
  await from.ask(`insert into records.entry (slot, account_id, entry_id, actor, action, subject, at)
    select 1, 1, n, md5(n::text) || md5((n + 0.5)::text), 'test', 'test', '2026-11-02T17:00:00Z' from generate_series(1, 60000) n`);
  mkdirSync(join(disk, 'folder'));
  const file = join(disk, 'folder', 'backup.gz');
  await assert.rejects(backUp(from.connection, file, AT), { code: 'backup_unwritable', message: /The disk that holds .* is full/ });
  assert.deepEqual(readdirSync(join(disk, 'folder')), []);
});
