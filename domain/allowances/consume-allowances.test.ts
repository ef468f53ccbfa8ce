import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isRefusal } from '#platform/refusals';
import { testDatabase } from '#tests/database';
import { type Consumed, consume, type UseReport } from './consume-allowances.ts';
import { daysFromNow, type ExampleAccount, exampleAccount, examplePart, LINE, NOW, OTHER_LINE } from './example-allowances.ts';
import { shareOf } from './line-share.ts';
import { reconcileAllowances } from './reconcile-allowances.ts';
import { setLineCap } from './set-line-cap.ts';

const THROTTLE = { exhaustion: 'throttle' } as const;

async function use(account: ExampleAccount, over: Partial<UseReport> = {}): Promise<Consumed> {
  const consumed = await account.locked((tx) => consume(account.tools, tx, account.report(over)));
  assert.ok(!isRefusal(consumed));
  return consumed;
}

async function reconciled({ database, key }: ExampleAccount): Promise<void> {
  assert.deepEqual(await reconcileAllowances(database, key), []);
}

test('a use takes from the allowance that ends first, and says what was left before and after [BUY-3]', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  const [renewed] = await account.grant({ validUntil: daysFromNow(60) });
  const [old] = await account.grant({ validUntil: daysFromNow(3) });
  const consumed = await use(account, { quantity: 1200n });
  assert.deepEqual(consumed.pairs, [
    { allowanceId: old?.allowanceId, quantity: 1000n },
    { allowanceId: renewed?.allowanceId, quantity: 200n },
  ]);
  assert.deepEqual(consumed.before, { granted: 2000n, left: 2000n, speed: 'full' });
  assert.deepEqual(consumed.after, { granted: 2000n, left: 800n, speed: 'full' });
  assert.equal(consumed.exhausted, false);
  await reconciled(account);
});

test('the same report again gets the same answer and debits nothing more', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant();
  const first = await use(account, { key: 'day-1', quantity: 900n });
  // A retry may come later, and when another plan already governs.
  const again = await use(account, { key: 'day-1', quantity: 900n, at: daysFromNow(1), policy: THROTTLE });
  assert.deepEqual(again, { ...first, duplicate: true });
  assert.deepEqual(
    (await account.owned()).map((allowance) => allowance.used),
    [900n],
  );
  await reconciled(account);
});

test('the same key with other content is refused and debits nothing', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant();
  await use(account, { key: 'day-1', quantity: 300n });
  const others: Partial<UseReport>[] = [{ quantity: 301n }, { lineId: OTHER_LINE }, { service: 'voice' }, { zone: 'europe' }];
  for (const other of others) {
    const report = account.report({ key: 'day-1', quantity: 300n, ...other });
    const answer = await account.locked((tx) => consume(account.tools, tx, report));
    assert.ok(isRefusal(answer) && answer.code === 'allowances.key_reused');
  }
  assert.deepEqual(
    (await account.owned()).map((allowance) => allowance.used),
    [300n],
  );
});

test('use beyond what is owned is told as uncovered, never as a negative allowance', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant();
  const consumed = await use(account, { quantity: 1500n });
  assert.deepEqual([consumed.fullSpeed, consumed.throttled, consumed.uncovered], [1000n, 0n, 500n]);
  assert.deepEqual(consumed.after, { granted: 1000n, left: 0n, speed: 'stopped' });
  assert.equal((await use(account, { quantity: 10n })).uncovered, 10n);
  await reconciled(account);
});

test('data exhausted under a throttling plan goes on throttled, and the same plan without throttle stops [LIFE-1]', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant({ parts: [examplePart({ quantity: null, fullSpeedCap: 1000n })] });
  const crossing = await use(account, { quantity: 1200n, policy: THROTTLE });
  assert.deepEqual([crossing.fullSpeed, crossing.throttled, crossing.uncovered], [1000n, 200n, 0n]);
  assert.deepEqual([crossing.before.speed, crossing.after.speed, crossing.exhausted], ['full', 'throttled', true]);
  const stopped = await use(account, { quantity: 50n });
  assert.deepEqual([stopped.throttled, stopped.uncovered, stopped.after.speed], [0n, 50n, 'stopped']);
  await reconciled(account);
});

test('a pack bought by a throttled customer is used, at full speed, at once [LIFE-1]', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant({ parts: [examplePart({ quantity: null, fullSpeedCap: 1000n })], validUntil: daysFromNow(2) });
  await use(account, { quantity: 1100n, policy: THROTTLE });
  const [pack] = await account.grant({ productCode: 'pack-1', validUntil: daysFromNow(30) });
  const consumed = await use(account, { quantity: 400n, policy: THROTTLE });
  assert.deepEqual(consumed.pairs, [{ allowanceId: pack?.allowanceId, quantity: 400n }]);
  assert.deepEqual([consumed.before.speed, consumed.fullSpeed, consumed.exhausted], ['full', 400n, false]);
});

test('a renewal restores full speed at once [LIFE-1]', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant();
  assert.equal((await use(account, { quantity: 1000n })).exhausted, true);
  await account.grant();
  const consumed = await use(account, { quantity: 1n });
  assert.deepEqual([consumed.before.speed, consumed.uncovered, consumed.exhausted], ['full', 0n, false]);
});

test('zero-rated use leaves the data alone, and goes on when the data is exhausted', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant({ parts: [examplePart(), examplePart({ service: 'data.care', quantity: null, zeroRated: true })] });
  const care = await use(account, { service: 'data.care', quantity: 5000n });
  assert.deepEqual([care.after.left, care.uncovered, care.crossedPercent], [1000n, 0n, []]);
  await use(account, { quantity: 1000n });
  const after = await use(account, { service: 'data.care', quantity: 5000n });
  assert.deepEqual([after.fullSpeed, after.uncovered, after.exhausted, after.crossedPercent], [5000n, 0n, true, []]);
  await reconciled(account);
});

test('own data goes before shared, and another line of the account uses the shared only [SIM-4]', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  const [shared] = await account.grant({ parts: [examplePart({ shared: true })], validUntil: daysFromNow(1) });
  const [own] = await account.grant();
  assert.deepEqual((await use(account, { quantity: 100n })).pairs, [{ allowanceId: own?.allowanceId, quantity: 100n }]);
  const other = await use(account, { lineId: OTHER_LINE, quantity: 1200n });
  assert.deepEqual(other.pairs, [{ allowanceId: shared?.allowanceId, quantity: 1000n }]);
  assert.equal(other.uncovered, 200n);
});

test('an allowance covers the last millisecond before its end and nothing from then on [LIFE-2]', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant({ validUntil: daysFromNow(1) });
  assert.equal((await use(account, { at: new Date(daysFromNow(1).getTime() - 1) })).uncovered, 0n);
  assert.equal((await use(account, { at: daysFromNow(1) })).uncovered, 100n);
});

test('a waiting allowance covers nothing before it begins [BUY-3]', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant({ validFrom: daysFromNow(1), validUntil: daysFromNow(31) });
  assert.equal((await use(account, { at: new Date(daysFromNow(1).getTime() - 1) })).uncovered, 100n);
  assert.equal((await use(account, { at: daysFromNow(1) })).uncovered, 0n);
});

test('each threshold is crossed by exactly one use [LIFE-3]', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant();
  const crossed = [];
  for (const quantity of [799n, 1n, 199n, 1n, 5n]) crossed.push((await use(account, { quantity })).crossedPercent);
  assert.deepEqual(crossed, [[], [80], [], [100], []]);
});

test('one use may cross several thresholds, and one of unlimited data crosses none [LIFE-3]', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant();
  assert.deepEqual((await use(account, { quantity: 900n, thresholdsPercent: [50, 80, 100] })).crossedPercent, [50, 80]);
  await account.grant({ parts: [examplePart({ quantity: null })] });
  assert.deepEqual((await use(account, { quantity: 100_000n })).crossedPercent, []);
});

test('voice running out is not data running out', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant({ parts: [examplePart(), examplePart({ service: 'voice', quantity: 60n })] });
  const call = await use(account, { service: 'voice', quantity: 90n });
  assert.deepEqual([call.uncovered, call.after.speed, call.exhausted], [30n, 'stopped', false]);
});

test('what charging sessions hold is not taken by a use, and counts as left', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  const [held] = await account.grant();
  await account.setReserved(held?.allowanceId as bigint, 400n);
  const consumed = await use(account, { quantity: 700n });
  assert.deepEqual([consumed.fullSpeed, consumed.uncovered], [600n, 100n]);
  assert.deepEqual([consumed.after.left, consumed.exhausted], [400n, false]);
});

test('any split of a use into reports debits the same, allowance by allowance, and the books agree', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  let lineId = LINE;
  const parts = [
    examplePart({ quantity: 70n }),
    examplePart({ quantity: null, fullSpeedCap: 40n }),
    examplePart({ service: 'data.video', quantity: 30n }),
  ];
  const usedAfter = async (quantities: readonly bigint[]) => {
    lineId += 1n;
    const [first] = await account.grant({ lineId, parts, validUntil: daysFromNow(9) });
    for (const quantity of quantities) await use(account, { lineId, service: 'data.video', quantity, policy: THROTTLE });
    const owned = (await account.owned()).filter((allowance) => allowance.orderId === first?.orderId);
    return owned.map((allowance) => allowance.used);
  };
  const reports = fc.array(fc.bigInt(0n, 80n), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(reports, async (quantities) => {
      const sum = quantities.reduce((total, quantity) => total + quantity, 0n);
      const used = await usedAfter(quantities);
      assert.deepEqual(used, await usedAfter([sum]));
      assert.equal(
        used.reduce((total, quantity) => total + quantity, 0n),
        sum,
      );
    }),
    { numRuns: 12 },
  );
  await reconciled(account);
});

test('a posting of use can be neither changed nor erased by the program', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant();
  await use(account);
  for (const text of [
    'update allowances.use set quantity = 0',
    'delete from allowances.use',
    'delete from allowances.forfeit',
    'delete from allowances.allowance',
  ])
    await assert.rejects(account.run(text), /permission denied/);
});

test('what was used before an allowance was looked at is kept at the instant it happened', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant({ validFrom: daysFromNow(-30), validUntil: daysFromNow(-1) });
  assert.equal((await use(account, { at: daysFromNow(-2) })).uncovered, 0n);
  assert.equal((await use(account, { at: NOW })).uncovered, 100n);
});

test('what a capped line reports counts against its cap, and what is beyond it is covered by nothing [SIM-4]', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  const { key, locked } = account;
  await account.grant({ parts: [examplePart({ shared: true })] });
  await locked(async (tx) => setLineCap(tx, { ...key, lineId: LINE }, 250n));
  const one = await use(account, { quantity: 200n });
  const two = await use(account, { quantity: 200n });
  const other = await use(account, { quantity: 200n, lineId: OTHER_LINE });
  assert.deepEqual([one.uncovered, two.uncovered, other.uncovered], [0n, 150n, 0n]);
  assert.deepEqual(two.after, { granted: 250n, left: 0n, speed: 'stopped' });
  assert.deepEqual(other.after, { granted: 1000n, left: 550n, speed: 'full' });
  const [shared] = await account.owned();
  assert.ok(shared);
  assert.deepEqual(shareOf(shared, LINE), { cap: 250n, used: 250n, reserved: 0n });
  await locked(async (tx) => setLineCap(tx, { ...key, lineId: LINE }, null));
  assert.equal((await account.owned())[0]?.shares, null, 'without a cap nothing is counted');
});
