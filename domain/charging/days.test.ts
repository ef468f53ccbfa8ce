import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatement } from '#platform/database';
import { testDatabase } from '#tests/database';
import { createDayKeeper, utcDay } from './days.ts';

const partitions = parseStatement(
  'test.partitions',
  "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'charging.request'::regclass order by 1",
);

test('the partition of a day is made once, whoever asks at once, on whichever connection', async (t) => {
  const { database, clock } = await testDatabase(t);
  for (let days = 0; days < 5; days += 1) {
    const at = clock.transport();
    // A transaction each: what is asked for outside of one travels together, on one connection.
    await Promise.all(
      Array.from({ length: 8 }, () =>
        database.transaction(async (tx) => createDayKeeper({ ...database, query: (...asked) => tx.query(...asked) })(at)),
      ),
    );
    const name = `charging.request_${utcDay(at).replaceAll('-', '')}`;
    assert.deepEqual((await database.query(partitions, {})).at(-1), { name });
    clock.advance(24 * 3_600_000);
  }
});
