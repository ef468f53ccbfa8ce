import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { statement } from '#platform/database';
import { testDatabase } from './index.ts';

const writeEvent = statement<object>(import.meta.dirname, 'write-event');
const readEvents = statement<object, { eventId: bigint }>(import.meta.dirname, 'read-events');
const eraseApplied = statement<object>(import.meta.dirname, 'erase-applied');

test('each caller has a database of its own', async (t) => {
  const one = await testDatabase(t);
  const two = await testDatabase(t);
  await one.database.query(writeEvent, {});
  assert.equal((await one.database.query(readEvents, {})).length, 1);
  assert.equal((await two.database.query(readEvents, {})).length, 0);
});

test('statements run as the program, which may not erase what is append-only', async (t) => {
  const { database } = await testDatabase(t);
  await assert.rejects(database.query(eraseApplied, {}), /permission denied/);
});

test('the clock stands until it is moved', async (t) => {
  const { clock, tools } = await testDatabase(t);
  assert.equal(tools.clock.business().toISOString(), '2026-11-02T17:00:00.000Z');
  clock.advance(1);
  assert.equal(tools.clock.transport().getTime(), Date.UTC(2026, 10, 2, 17) + 1);
});

test('a connection that a test closes after its database went is not cut off', async (t) => {
  const { connection } = await testDatabase(t);
  const client = new pg.Client(connection);
  t.after(() => client.end());
  await client.connect();
  assert.equal((await client.query('select current_user as role')).rows[0]?.role, 'everline_app');
});
