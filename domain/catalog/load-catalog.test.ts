import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Queries } from '#platform/database';
import { testDatabase } from '#tests/database';
import { applyOperator } from './apply-operator.ts';
import { catalogRevision, loadCatalog } from './load-catalog.ts';
import { SAMPLE_BY, sampleFile } from './sample-file.ts';

test('an empty house has a catalogue with nothing in it', async (t) => {
  const { database, clock } = await testDatabase(t);
  const catalog = await loadCatalog(database);
  assert.deepEqual([catalog.revision, catalog.brand, catalog.markets(clock.business())], [0n, null, []]);
  assert.equal(await catalogRevision(database), 0n);
});

test('a catalogue that changes while it is read is read again, so that its parts belong together', async (t) => {
  const { tools, database, clock } = await testDatabase(t);
  await applyOperator(tools, sampleFile(), SAMPLE_BY);
  const changed = sampleFile();
  Object.assign(changed.brand, { name: 'Changed Mobile' });
  Object.assign(changed.markets[0]?.packs[0] ?? {}, { price: '6.00' });
  let isChanged = false;
  const queries: Queries = {
    ...database,
    // The brand is read, and only then does somebody apply a file.
    async query(statement, parameters) {
      if (!isChanged) {
        isChanged = true;
        await applyOperator(tools, changed, SAMPLE_BY);
      }
      return database.query(statement, parameters);
    },
  };
  const catalog = await loadCatalog(queries);
  assert.deepEqual([catalog.brand?.name, catalog.product('US', 'pack-1gb', clock.business())?.version], ['Changed Mobile', 2]);
  assert.equal(catalog.revision, 2n);
});

test('a transaction reads the catalogue as it stands in it', async (t) => {
  const { tools, database } = await testDatabase(t);
  await applyOperator(tools, sampleFile(), SAMPLE_BY);
  assert.equal(await database.transaction(async (tx) => (await loadCatalog(tx)).revision), 1n);
});
