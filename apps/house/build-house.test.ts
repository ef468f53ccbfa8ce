import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { refundOrder } from '#domain/orders';
import { formatId } from '#platform/ids';
import { createLog } from '#platform/log';
import { allowed, buy, newLine, OPERATOR, RENEW, testHouse } from '#tests/house';
import { buildHouse, drainOutbox, reconcile } from './build-house.ts';

test('an operator reads in the log which order a failed refund is of: at once, and again until it is looked after', async (t) => {
  const tested = await testHouse(t);
  const folder = mkdtempSync(join(tmpdir(), 'everline-log-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'log');
  const { connection, provider } = tested;
  const log = createLog(file, 'warn');
  const house = await buildHouse({ connection, connectionsMax: 4, publicUrl: 'https://northwind.example', provider, senders: {}, log });
  t.after(() => house.close());
  const paid = await buy(tested, await newLine(tested), [RENEW]);
  const [payment] = tested.simulator.state().payments;
  await fetch(`${tested.simulator.url}/_simulator/payments/${payment?.id}/dispute`, { method: 'POST' });
  allowed(await refundOrder(tested.house, OPERATOR, { order: paid, key: 'r', asked: { kind: 'rest' }, reason: 'asked' }));
  await drainOutbox(house);
  await drainOutbox(house);
  await reconcile(house);
  // The log is written behind our back, and says not when.
  const read = () => readFileSync(file, 'utf8').trim().split('\n');
  for (let turns = 0; turns < 500 && read().length < 2; turns += 1) await wait(10);
  const lines = read();
  const told = lines.map((line) => JSON.parse(line) as { level: number; order?: string; orders?: string[]; failure?: string });
  const written = formatId('ord', paid.orderId);
  assert.deepEqual(
    told.map(({ level, order, orders, failure }) => [level, order ?? orders?.join(), failure]),
    [
      [40, written, 'charge_disputed'],
      [40, `refund_failed ${written}`, undefined],
    ],
  );
});
