import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from '#platform/database';
import { isRefusal } from '#platform/refusals';
import { testDatabase } from '#tests/database';
import { applyOperator } from './apply-operator.ts';
import { createCatalogCache } from './catalog-cache.ts';
import { SAMPLE_BY, sampleFile } from './sample-file.ts';

function priced(price: string) {
  const file = sampleFile();
  Object.assign(file.markets[0]?.packs[0] ?? {}, { price });
  return file;
}

/** Counts the statements that reach the real database. */
function counted(database: Database): { database: Database; count: () => number } {
  let count = 0;
  const counting =
    <Arguments extends unknown[], Result>(work: (...given: Arguments) => Result) =>
    (...given: Arguments): Result => {
      count += 1;
      return work(...given);
    };
  const { query, one, maybe } = database;
  return { database: { ...database, query: counting(query), one: counting(one), maybe: counting(maybe) } as Database, count: () => count };
}

test('a picture is used for a second without a query, then asked by its revision only', async (t) => {
  const { tools, clock } = await testDatabase(t);
  await applyOperator(tools, sampleFile(), SAMPLE_BY);
  const { database, count } = counted(tools.database);
  const cache = createCatalogCache({ database, clock });
  const first = await cache.current();
  const loading = count();
  clock.advance(999);
  assert.equal(await cache.current(), first);
  assert.equal(count(), loading);
  clock.advance(1);
  assert.equal(await cache.current(), first);
  assert.equal(count(), loading + 1);
});

test('a change made by another process is seen within a second, and one’s own at once', async (t) => {
  const { tools, clock } = await testDatabase(t);
  await applyOperator(tools, sampleFile(), SAMPLE_BY);
  const cache = createCatalogCache(tools);
  const before = await cache.current();
  assert.ok(!isRefusal(await applyOperator(tools, priced('6.00'), SAMPLE_BY)));
  assert.equal(await cache.current(), before);
  clock.advance(1_000);
  const after = await cache.current();
  assert.equal(after.product('US', 'pack-1gb', clock.business())?.version, 2);
  assert.ok(!isRefusal(await applyOperator(tools, priced('7.00'), SAMPLE_BY)));
  assert.equal((await cache.refresh()).product('US', 'pack-1gb', clock.business())?.version, 3);
  assert.equal(cache.latest().product('US', 'pack-1gb', clock.business())?.version, 3);
  assert.equal(before.product('US', 'pack-1gb', clock.business())?.version, 1);
});

test('many who come at once wait for one answer', async (t) => {
  const { tools, clock } = await testDatabase(t);
  await applyOperator(tools, sampleFile(), SAMPLE_BY);
  const { database, count } = counted(tools.database);
  const cache = createCatalogCache({ database, clock });
  await cache.current();
  const loading = count();
  clock.advance(5_000);
  await Promise.all(Array.from({ length: 50 }, () => cache.current()));
  assert.equal(count(), loading + 1);
});

test('a picture that was never read is a fault, not an empty catalogue', async (t) => {
  const { tools } = await testDatabase(t);
  assert.throws(() => createCatalogCache(tools).latest(), /read before it is used/);
});

test('when the database does not answer, the cache fails and tries again', async (t) => {
  const { tools, clock } = await testDatabase(t);
  await applyOperator(tools, sampleFile(), SAMPLE_BY);
  let isDown = true;
  const one: Database['one'] = async (statement, parameters) => {
    if (isDown) throw new Error('down');
    return tools.database.one(statement, parameters);
  };
  const cache = createCatalogCache({ database: { ...tools.database, one }, clock });
  await assert.rejects(cache.current(), /down/);
  isDown = false;
  assert.equal((await cache.current()).brand?.name, 'Sample Mobile');
});
