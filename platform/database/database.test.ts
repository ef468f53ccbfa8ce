import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { declareRefusals, isRefusal } from '#platform/refusals';
import { type TestDatabase, testDatabase } from '#tests/database';
import { createPool } from './connection.ts';
import { createDatabase, isConnectionLost, isRetryable, isUniqueViolation, type Transaction } from './database.ts';
import { parseStatement } from './statement.ts';

const { refuse } = declareRefusals({ 'test.no': { status: 409, operator: 'no' } });
const insert = parseStatement('test.insert', "insert into jobs.worker (worker_id, seen_at) values (:worker_id, '2026-11-02')");
const list = parseStatement('test.list', 'select worker_id from jobs.worker order by worker_id');
const touch = parseStatement('test.touch', "update jobs.worker set seen_at = '2026-11-03' where worker_id = :worker_id");
const whoAmI = parseStatement('test.who-am-i', 'select pg_backend_pid() as pid');

/** Ends the connection that `queries` run on, as an administrator or a failover would. */
async function cutOff({ adminConnection }: TestDatabase, queries: Pick<Transaction, 'query'>): Promise<void> {
  const [row] = (await queries.query(whoAmI, {})) as { pid: number }[];
  const admin = new pg.Client(adminConnection);
  await admin.connect();
  await admin.query('select pg_terminate_backend($1)', [row?.pid]);
  await admin.end();
}

const names = async (database: { query: Transaction['query'] }) =>
  ((await database.query(list, {})) as { workerId: string }[]).map((row) => row.workerId);

test('a transaction commits what its work wrote, and gives what the work gave', async (t) => {
  const { database } = await testDatabase(t);
  assert.equal(await database.transaction(async (tx) => tx.query(insert, { workerId: 'a' }).then(() => 'done')), 'done');
  assert.deepEqual(await names(database), ['a']);
});

test('a refusal rolls back and is given; a fault rolls back and is thrown; the connection serves on', async (t) => {
  const { database } = await testDatabase(t, { connectionsMax: 1 });
  const refused = await database.transaction(async (tx) => {
    await tx.query(insert, { workerId: 'a' });
    return refuse('test.no');
  });
  assert.ok(isRefusal(refused));
  const failing = database.transaction(async (tx) => {
    await tx.query(insert, { workerId: 'b' });
    throw new Error('a bug');
  });
  await assert.rejects(failing, /a bug/);
  assert.deepEqual(await names(database), []);
});

test('a transaction one of whose statements failed is never taken for committed', async (t) => {
  const { database } = await testDatabase(t);
  const swallowing = database.transaction(async (tx) => {
    await tx.query(insert, { workerId: 'a' });
    await tx.query(insert, { workerId: 'a' }).catch(() => {});
  });
  await assert.rejects(swallowing, /is not committed/);
  assert.deepEqual(await names(database), []);
});

test('a last write travels with the commit, and is committed with the rest', async (t) => {
  const { database } = await testDatabase(t);
  await database.transaction(async (tx) => {
    tx.withCommit(tx.query(insert, { workerId: 'a' }));
    assert.deepEqual(await names(tx), ['a']);
    tx.withCommit(tx.query(insert, { workerId: 'b' }));
  });
  assert.deepEqual(await names(database), ['a', 'b']);
});

test('a last write that fails commits nothing, and what it failed with is thrown, whoever noticed first', async (t) => {
  const { database } = await testDatabase(t, { connectionsMax: 1 });
  await database.query(insert, { workerId: 'a' });
  for (const noticed of ['by the commit', 'by a later statement']) {
    const failing = database.transaction(async (tx) => {
      await tx.query(insert, { workerId: 'b' });
      tx.withCommit(tx.query(insert, { workerId: 'a' }));
      if (noticed === 'by a later statement') await names(tx);
    });
    await assert.rejects(failing, (error) => isUniqueViolation(error, 'worker_pkey'), noticed);
    assert.deepEqual(await names(database), ['a'], noticed);
  }
});

test('a refusal after a last write rolls that back too', async (t) => {
  const { database } = await testDatabase(t);
  const refused = await database.transaction(async (tx) => {
    tx.withCommit(tx.query(insert, { workerId: 'a' }));
    return refuse('test.no');
  });
  assert.ok(isRefusal(refused));
  assert.deepEqual(await names(database), []);
});

test('statements alone that are asked for in one turn share a connection, and fail each for itself', async (t) => {
  const { database } = await testDatabase(t, { connectionsMax: 1 });
  const asked = [
    database.query(insert, { workerId: 'a' }),
    database.query(insert, { workerId: 'a' }),
    database.query(insert, { workerId: 'b' }),
  ];
  const settled = await Promise.allSettled(asked);
  assert.deepEqual(
    settled.map((one) => one.status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.deepEqual(await names(database), ['a', 'b']);
});

test('statements sent without waiting run in their order', async (t) => {
  const { database } = await testDatabase(t);
  await database.transaction(async (tx) => {
    const [, seen] = await Promise.all([tx.query(insert, { workerId: 'a' }), names(tx), tx.query(insert, { workerId: 'b' })]);
    assert.deepEqual(seen, ['a']);
  });
  assert.deepEqual(await names(database), ['a', 'b']);
});

test('of two that deadlock, the one PostgreSQL gives up is run again, and both are done', async (t) => {
  const { database } = await testDatabase(t);
  for (const workerId of ['a', 'b']) await database.query(insert, { workerId });
  let runs = 0;
  let arrived = 0;
  let meet = () => {};
  const both = new Promise<void>((resolve) => {
    meet = resolve;
  });
  const crossing = (one: string, other: string) =>
    database.transaction(async (tx) => {
      runs += 1;
      await tx.query(touch, { workerId: one });
      arrived += 1;
      if (arrived === 2) meet();
      await both;
      await tx.query(touch, { workerId: other });
    });
  await Promise.all([crossing('a', 'b'), crossing('b', 'a')]);
  assert.equal(runs, 3);
});

test('a connection lost on the way is thrown away and the work run again on another', async (t) => {
  const test = await testDatabase(t, { connectionsMax: 1 });
  const { database } = test;
  let runs = 0;
  await database.transaction(async (tx) => {
    runs += 1;
    await tx.query(insert, { workerId: 'a' });
    if (runs === 1) await cutOff(test, tx);
  });
  assert.deepEqual([runs, await names(database)], [2, ['a']]);
});

test('what keeps failing is tried five times, with longer and longer waits, and then thrown', async (t) => {
  const { source } = await testDatabase(t);
  const waits: number[] = [];
  const database = createDatabase(source, async (ms) => void waits.push(ms));
  let runs = 0;
  const failing = database.transaction(async () => {
    runs += 1;
    throw Object.assign(new Error('serialization failure'), { code: '40001' });
  });
  await assert.rejects(failing, /serialization/);
  assert.deepEqual([runs, waits.length], [5, 4]);
  assert.ok(waits.every((ms, index) => ms >= 0 && ms <= 40 * 2 ** index));
});

test('what is a bug is not run again', async (t) => {
  const { database } = await testDatabase(t);
  let runs = 0;
  const failing = database.transaction(async (tx) => {
    runs += 1;
    await tx.query(insert, { workerId: 'a' });
    await tx.query(insert, { workerId: 'a' });
  });
  await assert.rejects(
    failing,
    (error) => isUniqueViolation(error) && isUniqueViolation(error, 'worker_pkey') && !isUniqueViolation(error, 'other'),
  );
  assert.equal(runs, 1);
});

test('a statement alone that loses its connection is thrown, not repeated: whoever sent it knows whether it may be', async (t) => {
  const test = await testDatabase(t, { connectionsMax: 1 });
  const asleep = parseStatement('test.asleep', 'select pg_sleep(60)');
  // Awaited from the start: the connection may be lost before the one who ends it has heard so.
  const rejected = assert.rejects(test.database.query(asleep, {}), isConnectionLost);
  const admin = new pg.Client(test.adminConnection);
  t.after(() => admin.end());
  await admin.connect();
  const end =
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like '%pg_sleep(60)%' and pid <> pg_backend_pid()";
  while ((await admin.query(end)).rowCount === 0);
  await rejected;
  assert.deepEqual(await names(test.database), []);
});

test('a server that is not there is a lost connection', async (t) => {
  const source = createPool({ connection: { host: '127.0.0.1', port: 1 }, connectionsMax: 1, onIdleError: () => {} });
  t.after(() => source.close());
  await assert.rejects(createDatabase(source).query(list, {}), isRetryable);
});

test('whole numbers come as bigints, days as text, instants as Dates', async (t) => {
  const { database } = await testDatabase(t);
  const sql = `select 9007199254740993 as large, array[1, 9007199254740993]::bigint[] as many, '{}'::bigint[] as none,
    '2026-11-02'::date as day, '2026-11-02T12:00:00-05'::timestamptz as instant, 5::smallint as small, null::bigint as nothing`;
  const [row] = await database.query(parseStatement('test.types', sql), {});
  assert.deepEqual(row, {
    ...{ large: 9007199254740993n, many: [1n, 9007199254740993n], none: [], day: '2026-11-02' },
    ...{ instant: new Date('2026-11-02T17:00:00Z'), small: 5, nothing: null },
  });
});

test('the one row there must be, and the row there may be, are held to it', async (t) => {
  const { database } = await testDatabase(t);
  for (const workerId of ['a', 'b']) await database.query(insert, { workerId });
  await assert.rejects(database.one(list, {}), /exactly one row, not 2/);
  await assert.rejects(database.maybe(list, {}), /at most one row, not 2/);
  const none = parseStatement('test.none', "select worker_id from jobs.worker where worker_id = 'c'");
  assert.equal(await database.maybe(none, {}), undefined);
});

test('every connection runs in UTC and READ COMMITTED', async (t) => {
  const { database } = await testDatabase(t);
  const sql = `select current_setting('timezone') as zone, current_setting('transaction_isolation') as isolation`;
  assert.deepEqual(await database.query(parseStatement('test.settings', sql), {}), [{ zone: 'UTC', isolation: 'read committed' }]);
});

test('what the program may not do it may not do here either: it is another role than the one that owns the tables', async (t) => {
  const { connection } = await testDatabase(t);
  const client = new pg.Client(connection);
  t.after(() => client.end());
  await client.connect();
  await assert.rejects(client.query('drop table jobs.worker'), /must be owner/);
});

test('values come back as they were sent, alone and in arrays: instants, texts with every sign, octets, nothing', async (t) => {
  const { database } = await testDatabase(t);
  const echo = parseStatement(
    'test.echo',
    `select :at::timestamptz as at, :texts::text[] as texts, :ats::timestamptz[] as ats, :numbers::bigint[] as numbers, :octets::bytea[] as octets,
       :flags::boolean[] as flags, :past::timestamptz as past, :whole::timestamptz as whole`,
  );
  const sent = {
    at: new Date('2026-11-21T12:34:56.078Z'),
    past: new Date('0099-03-01T00:00:00.5Z'),
    whole: new Date('1969-12-31T23:59:59.000Z'),
    texts: ['plain', '', 'null', 'NULL', 'a "b" \\ {c},d', '中文 與 emoji 😀', ' spaced\n', null],
    ats: [null, new Date('2026-02-28T23:59:59.999Z'), new Date('1969-12-31T23:59:59.999Z'), new Date('0099-03-01T00:00:00.5Z'), null],
    numbers: [1n, -1n, 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n, 4_294_967_296n],
    octets: [Buffer.from([0, 92, 255, 34]), Buffer.alloc(0)],
    flags: [true, false, null],
  };
  assert.deepEqual(await database.one(echo, sent), sent);
});

test('a list with a number that no column could keep, or of an instant that is none, is refused and not cut', async (t) => {
  const { database } = await testDatabase(t);
  const echo = parseStatement('test.echo-numbers', 'select :numbers::bigint[]::text as numbers, :ats::timestamptz[] as ats');
  for (const number of [9_223_372_036_854_775_808n, -9_223_372_036_854_775_809n])
    await assert.rejects(database.one(echo, { numbers: [1n, number], ats: [] }), /out of range/);
  await assert.rejects(database.one(echo, { numbers: [], ats: [new Date(Number.NaN)] }), RangeError);
  const far = [new Date('9999-12-31T23:59:59.999Z')];
  assert.deepEqual(await database.one(echo, { numbers: [null, -5n, null], ats: far }), { numbers: '{NULL,-5,NULL}', ats: far });
});
