import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDatabase, createPool, parseStatement } from '#platform/database';
import { testDatabase } from '#tests/database';
import { cutCommits } from './cut-commits.ts';

const one = parseStatement('torture.one', 'select 1 as one');

test('a commit that is cut is sent, and its caller is not told how it ended', async (t) => {
  const { connection } = await testDatabase(t);
  let cuts = 0;
  const cutter = cutCommits(
    connection,
    () => 0,
    () => {
      cuts += 1;
      cutter.cutOneIn(0);
    },
  );
  const source = createPool({ connection: cutter.connection, connectionsMax: 2, onIdleError: () => {} });
  t.after(() => source.close());
  let runs = 0;
  const work = () =>
    createDatabase(source).transaction((tx) => {
      runs += 1;
      return tx.query(one, {});
    });
  await work();
  cutter.cutOneIn(1);
  await work();
  assert.deepEqual({ cuts, runs }, { cuts: 1, runs: 3 }, 'the database was asked again by platform/database, as after any lost connection');
});
