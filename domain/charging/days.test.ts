import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatement } from '#platform/database';
import { testDatabase } from '#tests/database';
import { createDayKeeper, utcDay } from './days.ts';

const partitions = parseStatement(
  'test.partitions',
  "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'charging.request'::regclass order by 1",
);

test('the partition of a day is made once, whoever asks at once, on whichever node', async (t) => {
  const { database, clock } = await testDatabase(t);
  const at = clock.transport();
  const keepers = Array.from({ length: 8 }, () => createDayKeeper(database));
  await Promise.all(keepers.map((keep) => keep(at)));
  await keepers[0]?.(at);
  assert.deepEqual(await database.query(partitions, {}), [{ name: `charging.request_${utcDay(at).replaceAll('-', '')}` }]);
});
