import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createChargingEngine } from '#domain/charging';
import { capLine, refundOrder } from '#domain/orders';
import { parseStatement } from '#platform/database';
import { formatId } from '#platform/ids';
import { createLog } from '#platform/log';
import { exampleSession, MB } from '#tests/charging';
import { allowed, buy, fillBalance, newLine, OPERATOR, RENEW, stateOf, type TestHouse, testHouse } from '#tests/house';
import { buildHouse, drainOutbox, type House, reconcile, reconcileCharging } from './build-house.ts';

type Read = () => Promise<Record<string, unknown>[]>;

/** A house of its own on the tested one's database, and what stands in its log once it has so many lines. */
async function housed(t: TestContext, tested: TestHouse): Promise<{ house: House; read: (lines: number) => ReturnType<Read> }> {
  const folder = mkdtempSync(join(tmpdir(), 'everline-log-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'log');
  const { connection, provider } = tested;
  const log = createLog(file, 'warn');
  const house = await buildHouse({ connection, connectionsMax: 4, publicUrl: 'https://northwind.example', provider, senders: {}, log });
  t.after(() => house.close());
  // The log is written behind our back, and says not when.
  const lines = () => readFileSync(file, 'utf8').trim().split('\n');
  const read = async (count: number) => {
    for (let turns = 0; turns < 500 && lines().length < count; turns += 1) await wait(10);
    return lines().map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  return { house, read };
}

test('an operator reads in the log which order a failed refund is of: at once, and again until it is looked after', async (t) => {
  const tested = await testHouse(t);
  const { house, read } = await housed(t, tested);
  const paid = await buy(tested, await newLine(tested), [RENEW]);
  const [payment] = tested.simulator.state().payments;
  await fetch(`${tested.simulator.url}/_simulator/payments/${payment?.id}/dispute`, { method: 'POST' });
  allowed(await refundOrder(tested.house, OPERATOR, { order: paid, key: 'r', asked: { kind: 'rest' }, reason: 'asked' }));
  await drainOutbox(house);
  await drainOutbox(house);
  await reconcile(house);
  const told = (await read(2)) as { level: number; order?: string; orders?: string[]; failure?: string }[];
  const written = formatId('ord', paid.orderId);
  assert.deepEqual(
    told.map(({ level, order, orders, failure }) => [level, order ?? orders?.join(), failure]),
    [
      [40, written, 'charge_disputed'],
      [40, `refund_failed ${written}`, undefined],
    ],
  );
});

test('an allowance or share that differs from what requests posted and sessions hold is told in the log, and nothing else is (G2, G3) [SIM-4]', async (t) => {
  const tested = await testHouse(t);
  const { house, read } = await housed(t, tested);
  const line = await newLine(tested, { plan: 'payg' });
  await fillBalance(tested, line, 2000n);
  await buy(tested, line, [{ kind: 'pack', product: 'pack-family-20gb' }]);
  const { number } = (await stateOf(tested, line)).line;
  allowed(await capLine(tested.house, OPERATOR, { number, octets: 50n * MB, reason: 'a child' }));
  const engine = createChargingEngine(tested.tools, async () => tested.catalog, house.log);
  t.after(() => engine.close());
  const session = exampleSession(engine, { number });
  await session.begin();
  await session.update(3n * MB);
  await reconcile(house);
  await reconcileCharging(house);
  const { database } = house.tools;
  const [held] = (await database.query(heldBy, {})) as { allowanceId: bigint; reserved: bigint }[];
  assert.ok(held);
  await database.query(wrongReserved, held);
  await database.query(wrongShare, {});
  await reconcile(house);
  await reconcileCharging(house);
  const told = await read(2);
  assert.deepEqual(
    told.map(({ level, msg }) => [level, msg]),
    [
      [50, 'a share differs from what its line used and holds'],
      [50, 'an allowance differs from what requests posted and sessions hold'],
    ],
  );
  const [share, allowance] = told.map((one) => (one['share'] ?? one['allowance']) as Record<string, unknown>);
  // Ids stand there with all their digits; a reader of JSON keeps the first sixteen.
  assert.equal(share?.['lineId'], Number(line.lineId));
  assert.equal(allowance?.['allowanceId'], Number(held.allowanceId));
  assert.equal(Number(allowance?.['reserved']) - Number(allowance?.['held']), 1);
});

const heldBy = parseStatement('test.held-by', 'select allowance_id, reserved from allowances.allowance where reserved > 0');
const wrongReserved = parseStatement(
  'test.wrong-reserved',
  'update allowances.allowance set reserved = :reserved + 1 where allowance_id = :allowance_id',
);
const wrongShare = parseStatement('test.wrong-share', 'update allowances.line_share set used = used + 1');
