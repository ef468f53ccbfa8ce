import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readOrderAllowances } from '#domain/allowances';
import { readPostings } from '#domain/ledger';
import { listNotices } from '#domain/notices';
import { parseStatement } from '#platform/database';
import { isRefusal } from '#platform/refusals';
import {
  activeLine,
  allowed,
  BALANCE,
  balanceOf,
  buy,
  checkInvariants,
  drainOutbox,
  fillBalance,
  newLine,
  PACK,
  place,
  quote,
  refusal,
  stateOf,
  type TestHouse,
  testHouse,
  topUp,
} from '#tests/house';
import { meetOn, ofAccount } from '#tests/meeting';
import type { NumberClaim } from './read-line.ts';
import { type LineUse, reportUse } from './report-use.ts';

const MB = 1_000_000n;
const GB = 1000n * MB;
const readNews = parseStatement(
  'test.line-news',
  `select kind, payload ->> 'percentLeft' as percent from outbox.event where kind like 'lines.%' order by event_id`,
);

let uses = 0;
function report(test: TestHouse, line: NumberClaim, quantity: bigint, over: Partial<LineUse> = {}) {
  uses += 1;
  return reportUse(test.house, test.catalog, { ...line, key: `use-${uses}`, service: 'data', zone: 'home', quantity, ...over });
}

async function newsOf({ database }: TestHouse): Promise<string[]> {
  const rows = (await database.query(readNews, {})) as { kind: string; percent: string | null }[];
  return rows.map(({ kind, percent }) => (percent === null ? kind : `${kind} ${percent}`));
}

async function end(test: TestHouse): Promise<void> {
  await drainOutbox(test);
  await checkInvariants(test);
}

async function payAsYouGoLine(test: TestHouse, minor: bigint): Promise<NumberClaim> {
  const line = await newLine(test);
  await buy(test, line, [{ kind: 'change', product: 'payg' }], { way: BALANCE });
  if (minor > 0n) await fillBalance(test, line, minor);
  return line;
}

test('data exhausted: throttled where the plan throttles, and told once [LIFE-1] [LIFE-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  allowed(await report(test, line, 5n * GB - 1n));
  assert.equal((await stateOf(test, line)).line.state, 'active');
  const last = allowed(await report(test, line, 2n));
  assert.deepEqual([last.fullSpeed, last.throttled, last.uncovered], [1n, 1n, 0n]);
  assert.equal((await stateOf(test, line)).line.state, 'throttled');
  allowed(await report(test, line, GB));
  assert.deepEqual(await newsOf(test), ['lines.data_low 20', 'lines.exhausted']);
  await end(test);
});

test('data exhausted: stopped where the plan stops [LIFE-1]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test, { plan: 'day-1gb' });
  const used = allowed(await report(test, line, GB + 5n));
  assert.deepEqual([used.fullSpeed, used.throttled, used.uncovered], [GB, 0n, 5n]);
  assert.equal((await stateOf(test, line)).line.state, 'stopped');
  await end(test);
});

test('a report is debited once: the same key gets the same answer, other content under it is refused [LIFE-1]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const first = allowed(await report(test, line, GB, { key: 'k' }));
  const again = allowed(await report(test, line, GB, { key: 'k' }));
  assert.deepEqual([again.duplicate, again.useId, again.after], [true, first.useId, first.after]);
  assert.equal(refusal(await report(test, line, 2n * GB, { key: 'k' })), 'allowances.key_reused');
  await end(test);
});

test('one report sent twice at once is debited once (two connections) [LIFE-1]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const works = [() => report(test, line, GB, { key: 'k' }), () => report(test, line, GB, { key: 'k' })] as const;
  const [first, second] = await meetOn(test.database, ofAccount(line), works);
  assert.deepEqual([allowed(first).duplicate, allowed(second).duplicate], [false, true]);
  await end(test);
});

test('a line that carries no traffic takes no report: pending, or expired though nobody ran its expiry [LIFE-2]', async (t) => {
  const test = await testHouse(t);
  assert.equal(refusal(await report(test, await newLine(test), GB)), 'lines.not_in_service');
  const line = await activeLine(test);
  test.clock.moveBusinessTo('2026-12-03T04:59:59.999Z');
  allowed(await report(test, line, 1n));
  test.clock.moveBusinessTo('2026-12-03T05:00:00Z');
  assert.equal(refusal(await report(test, line, 1n)), 'lines.not_in_service');
  await end(test);
});

test('pay as you go: each megabyte costs its price from the balance, rounded up once over all use [LIFE-1] [PAY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await payAsYouGoLine(test, 1000n);
  allowed(await report(test, line, 1n));
  assert.equal((await balanceOf(test, line)).balance, 999n);
  allowed(await report(test, line, MB - 1n));
  assert.equal((await balanceOf(test, line)).balance, 999n);
  allowed(await report(test, line, 1n));
  assert.equal((await balanceOf(test, line)).balance, 998n);
  assert.equal((await stateOf(test, line)).line.state, 'active');
  await end(test);
});

test('any split of use costs the same (L9) [LIFE-1]', async (t) => {
  const test = await testHouse(t);
  const whole = await payAsYouGoLine(test, 5000n);
  const quantity = fc.bigInt({ min: 0n, max: 3n * MB });
  await fc.assert(
    fc.asyncProperty(
      fc.array(quantity, { minLength: 1, maxLength: 6 }),
      fc.constantFrom('data', 'voice', 'message') as fc.Arbitrary<LineUse['service']>,
      async (parts, service) => {
        const [one, many] = [await payAsYouGoLine(test, 20_000n), await payAsYouGoLine(test, 20_000n)];
        const scale = service === 'data' ? 1n : 20_000n;
        const scaled = parts.map((part) => part / scale);
        allowed(
          await report(
            test,
            one,
            scaled.reduce((sum, part) => sum + part, 0n),
            { service },
          ),
        );
        for (const part of scaled) allowed(await report(test, many, part, { service }));
        assert.equal((await balanceOf(test, one)).balance, (await balanceOf(test, many)).balance);
      },
    ),
    { numRuns: 8 },
  );
  assert.equal((await stateOf(test, whole)).line.state, 'active');
  await end(test);
});

test('pay as you go stops at zero; what was not covered is loss and never a negative balance (G6) [LIFE-1]', async (t) => {
  const test = await testHouse(t);
  const line = await payAsYouGoLine(test, 500n);
  allowed(await report(test, line, 499n * MB));
  assert.deepEqual([(await balanceOf(test, line)).balance, (await stateOf(test, line)).line.state], [1n, 'active']);
  allowed(await report(test, line, 3n * MB));
  assert.deepEqual([(await balanceOf(test, line)).balance, (await stateOf(test, line)).line.state], [0n, 'stopped']);
  allowed(await report(test, line, 10n * MB));
  assert.equal((await balanceOf(test, line)).balance, 0n);
  await buy(test, line, [topUp(500n)]);
  assert.equal((await stateOf(test, line)).line.state, 'active');
  allowed(await report(test, line, MB));
  assert.equal((await balanceOf(test, line)).balance, 499n);
  await end(test);
});

test('a balance that use takes below what the market reminds at is told once, and again after it was above [LIFE-1] [LIFE-3]', async (t) => {
  const test = await testHouse(t);
  const line = await payAsYouGoLine(test, 500n);
  const lows = async () => (await newsOf(test)).filter((news) => news === 'lines.balance_low').length;
  allowed(await report(test, line, 300n * MB));
  assert.equal(await lows(), 0, 'at the threshold it is not below it');
  allowed(await report(test, line, MB));
  assert.equal(await lows(), 1);
  allowed(await report(test, line, 50n * MB));
  assert.equal(await lows(), 1);
  await fillBalance(test, line, 1000n);
  allowed(await report(test, line, 949n * MB));
  assert.equal((await balanceOf(test, line)).balance, 200n);
  assert.equal(await lows(), 1);
  allowed(await report(test, line, MB));
  assert.equal(await lows(), 2);
  await fillBalance(test, line, 500n);
  allowed(await report(test, line, 2000n * MB));
  assert.deepEqual([(await stateOf(test, line)).line.state, await lows()], ['stopped', 2], 'what stops is told as stopped');
  await drainOutbox(test);
  const told = (await listNotices(test.database, {})).filter((notice) => notice.kind === 'lines.balance_low');
  assert.match(told.find((notice) => notice.channel === 'sms')?.body ?? '', /your balance is \$1\.99\./);
  await end(test);
});

test('exactly used up, it stops at zero and not before [LIFE-1]', async (t) => {
  const test = await testHouse(t);
  const line = await payAsYouGoLine(test, 500n);
  allowed(await report(test, line, 500n * MB));
  assert.deepEqual([(await balanceOf(test, line)).balance, (await stateOf(test, line)).line.state], [0n, 'stopped']);
  await end(test);
});

test('money that is held for an order is not spent on use, and is again when its time has passed (L7) [LIFE-1]', async (t) => {
  const test = await testHouse(t);
  const line = await payAsYouGoLine(test, 600n);
  allowed(await place(test, { quote: await quote(test, line, [PACK]), way: BALANCE }));
  allowed(await report(test, line, 200n * MB));
  assert.deepEqual(await balanceOf(test, line), { balance: 500n, held: 500n });
  assert.equal((await stateOf(test, line)).line.state, 'stopped');
  test.clock.advance(31 * 60_000);
  allowed(await report(test, line, 100n * MB));
  assert.deepEqual(await balanceOf(test, line), { balance: 400n, held: 0n });
  await checkInvariants(test, { underWay: true });
});

test('two reports on one balance at once take turns; the sum is paid and no more (two connections) [LIFE-1]', async (t) => {
  const test = await testHouse(t);
  const line = await payAsYouGoLine(test, 500n);
  const works = [() => report(test, line, 300n * MB), () => report(test, line, 300n * MB)] as const;
  const answers = await meetOn(test.database, ofAccount(line), works);
  assert.ok(answers.every((answer) => !isRefusal(answer)));
  assert.equal((await balanceOf(test, line)).balance, 0n);
  const paid = (await readPostings(test.database, line))
    .filter((posting) => posting.kind === 'pay_as_you_go')
    .map((posting) => posting.legs[1]?.amount.minor);
  assert.deepEqual(paid, [300n, 200n]);
  await end(test);
});

test('the renewal pages themselves are free of charge on every plan [LIFE-1]', async (t) => {
  const test = await testHouse(t);
  const line = await payAsYouGoLine(test, 500n);
  const used = allowed(await report(test, line, 5n * GB, { service: 'data.renewal' }));
  assert.deepEqual([used.uncovered, (await balanceOf(test, line)).balance], [0n, 500n]);
  await end(test);
});

test('most specific first, then soonest end: a pack is used before a plan that ends later, a plan before a pack that does [LIFE-1]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const pack = await buy(test, line, [PACK]);
  allowed(await report(test, line, 1n * GB));
  const [bought] = await readOrderAllowances(test.database, { ...pack, itemNo: 0 });
  // Thirty days from now are sooner than a month and the rest of its last day.
  assert.equal(bought?.used, GB);
  await end(test);
});
