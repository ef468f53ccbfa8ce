import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#tests/database';
import { consume } from './consume-allowances.ts';
import { daysFromNow, exampleAccount, examplePart, LINE, NOW, OTHER_LINE } from './example-allowances.ts';
import { useByDay } from './use-by-day.ts';

test('use is summed by the local day of the market and by service, throttled and uncovered told apart [SEE-2]', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant({ parts: [examplePart({ quantity: 500n, fullSpeedCap: 400n })] });
  const use = (at: string, over: object = {}) =>
    account.locked((tx) => consume(account.tools, tx, account.report({ at: new Date(at), policy: { exhaustion: 'throttle' }, ...over })));
  await use('2026-11-03T04:59:59.999Z', { quantity: 100n });
  await use('2026-11-03T05:00:00Z', { quantity: 250n });
  await use('2026-11-03T20:00:00Z', { quantity: 200n });
  await use('2026-11-03T20:00:00Z', { service: 'voice', quantity: 60n });
  await use('2026-11-03T20:00:00Z', { lineId: OTHER_LINE, quantity: 9n });
  const asked = { ...account.key, lineId: LINE, from: NOW, until: daysFromNow(9), timeZone: 'America/New_York' };
  assert.deepEqual(await useByDay(account.database, asked), [
    { day: '2026-11-02', service: 'data', quantity: 100n, throttled: 0n, uncovered: 0n },
    { day: '2026-11-03', service: 'data', quantity: 450n, throttled: 100n, uncovered: 50n },
    { day: '2026-11-03', service: 'voice', quantity: 60n, throttled: 0n, uncovered: 60n },
  ]);
});

test('a report at the first instant counts, one at the last does not', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  for (const at of [NOW, daysFromNow(1)]) await account.locked((tx) => consume(account.tools, tx, account.report({ at })));
  const days = await useByDay(account.database, { ...account.key, lineId: LINE, from: NOW, until: daysFromNow(1), timeZone: 'UTC' });
  assert.deepEqual(
    days.map(({ quantity }) => quantity),
    [100n],
  );
});
