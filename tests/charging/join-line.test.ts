import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAllowances } from '#domain/allowances';
import type { RefundAsked } from '#domain/catalog';
import { lockAccount, postTransaction, readAccount } from '#domain/ledger';
import { findNumber, type LineKey, linesOfAccount, type NumberClaim, readHappenings } from '#domain/lines';
import { listNotices } from '#domain/notices';
import { type ItemRequest, joinLine, refundOrder } from '#domain/orders';
import { addMember, addPerson } from '#domain/people';
import { readEntries } from '#domain/records';
import { linkSim, simOfLine, stockSim } from '#domain/sims';
import { DAY_MS } from '#platform/clock';
import { parseStatement } from '#platform/database';
import { formatId } from '#platform/ids';
import { isRefusal } from '#platform/refusals';
import {
  activeLine,
  allowed,
  buy,
  comeBack,
  drainOutbox,
  fillBalance,
  GUEST,
  newLine,
  newPerson,
  OPERATOR,
  order,
  PACK,
  place,
  quote,
  RENEW,
  refusal,
  stateOf,
  type TestHouse,
  visitPage,
} from '#tests/house';
import { meetOn, ofAccount } from '#tests/meeting';
import { chargingHouse, grantOf, MB } from './example-charging.ts';

type Line = NumberClaim & { number: string };
const GB = 1_000n * MB;

async function named(test: TestHouse, claim: NumberClaim): Promise<Line> {
  return { ...claim, number: (await stateOf(test, claim)).line.number };
}

/** A line with a plan, a pack, a queued plan and money; and the account of another. */
async function family(t: Parameters<typeof chargingHouse>[0]) {
  const house = await chargingHouse(t);
  const { test } = house;
  const line = await named(test, await activeLine(test));
  const parent = await named(test, await activeLine(test));
  const to = { slot: parent.slot, accountId: parent.accountId };
  const join = (number = line.number, over: object = {}) => joinLine(test.house, OPERATOR, { number, to, reason: 'a family', ...over });
  const left = async (of: LineKey) => {
    const { slot, accountId, lineId } = of;
    const all = await readAllowances(test.database, { slot, accountId, lineId, at: test.clock.business() });
    return all.flatMap(({ service, granted, used, reserved, forfeited }) =>
      service === 'data' && granted !== null ? [granted - used - reserved - forfeited] : [],
    );
  };
  return { house, test, line, parent, to, join, left };
}

test('a line joins an account with its number, plan, waiting plan, allowances and money; nothing is lost or doubled [BUY-6] [SIM-4]', async (t) => {
  const { house, test, line, parent, join, left } = await family(t);
  const queue: ItemRequest = { kind: 'queue', product: 'month-unlimited', startRule: 'at_end' };
  await buy(test, line, [PACK]);
  await buy(test, line, [queue]);
  await fillBalance(test, line, 2_500n);
  const session = house.session(line);
  await session.begin();
  await session.end(400n * MB);
  const before = await stateOf(test, line);
  const beforeMoney = (await readAccount(test.database, parent)).balanceMinor;
  const joined = allowed(await join());
  assert.deepEqual([joined.balance, joined.repeated], [{ currency: 'USD', minor: 2_500n }, false]);
  const now = allowed(await findNumber(test.database, line.number));
  assert.deepEqual([now.accountId, now.lineId, now.claimCount], [parent.accountId, joined.line.lineId, line.claimCount + 1n]);
  const after = await stateOf(test, now);
  for (const what of ['state', 'planCode', 'paidUntil', 'anchorDay', 'dueAt'] as const)
    assert.deepEqual(after.line[what], before.line[what], what);
  assert.deepEqual(after.queue, before.queue);
  assert.deepEqual((await left(now)).toSorted(), [5n * GB, 600n * MB].toSorted());
  assert.deepEqual(await left(line), []);
  assert.equal((await readAccount(test.database, parent)).balanceMinor, beforeMoney + 2_500n);
  assert.equal((await readAccount(test.database, line)).balanceMinor, 0n);
  assert.deepEqual(await linesOfAccount(test.database, line), [], 'what it left is listed nowhere');
  assert.equal((await linesOfAccount(test.database, parent)).length, 2);
  assert.deepEqual(
    (await readHappenings(test.database, now)).map(({ event }) => event),
    ['join'],
  );
  for (const account of [line, parent]) {
    const entry = (await readEntries(test.database, account)).at(-1);
    assert.deepEqual([entry?.action, entry?.subject, entry?.reason], ['orders.join_line', line.number, 'a family']);
  }
  assert.deepEqual(allowed(await join()).repeated, true, 'asked again, it is done');
  await house.end();
});

test('open sessions end and give back what they held; the network asks anew and is served from the account joined [BUY-6] [SIM-4]', async (t) => {
  const { house, test, line, join, left } = await family(t);
  const card = { iccid: '8901260123456789011', imsi: '310260123456789' };
  await test.database.transaction(async (tx) => {
    await stockSim(tx, card);
    await linkSim(tx, { slot: line.slot, accountId: line.accountId, lineId: line.lineId, iccid: card.iccid, at: test.clock.business() });
  });
  const session = house.session(line);
  await session.begin({ line: { imsi: card.imsi } });
  await session.update(100n * MB, { line: { imsi: card.imsi } });
  const joined = allowed(await join());
  assert.deepEqual(
    joined.ended.map(({ reason, peer }) => [reason, peer]),
    [['moved', 'smf.example']],
  );
  assert.deepEqual(await left(joined.line), [5n * GB - 100n * MB]);
  assert.deepEqual(await simOfLine(test.database, joined.line), card);
  assert.equal(await simOfLine(test.database, line), undefined);
  assert.equal((await session.update(MB, { line: { imsi: card.imsi } })).result, 'unknown_session', 'late use is nobody’s quota');
  const anew = house.session(line);
  assert.ok(typeof grantOf(await anew.begin({ line: { imsi: card.imsi } })) === 'bigint');
  await anew.end(MB);
  assert.deepEqual(await left(joined.line), [5n * GB - 101n * MB]);
  await house.end();
});

test('money and what is shared stay where other lines stay; a line that goes back finds its things again [SIM-4]', async (t) => {
  const { house, test, line, parent, join, left } = await family(t);
  await fillBalance(test, parent, 1_000n);
  allowed(await join());
  const back = { slot: line.slot, accountId: line.accountId };
  const returned = allowed(await join(line.number, { to: back }));
  assert.equal(returned.balance.minor, 0n, 'the money is the one’s who stays');
  assert.deepEqual(await left(returned.line), [5n * GB]);
  assert.equal((await readAccount(test.database, parent)).balanceMinor, 1_000n);
  const again = allowed(await join());
  assert.deepEqual(await left(again.line), [5n * GB]);
  await house.end();
});

test('a line with an order or a refund under way, a lost one, one of another market stays; and strangers move nothing (S1) [BUY-6]', async (t) => {
  const { house, test, line, parent, to, join } = await family(t);
  const paying = await order(test, line, [PACK]);
  assert.equal(refusal(await join()), 'orders.join_open');
  await visitPage(paying);
  await comeBack(test, paying);
  const abroad = await named(test, await activeLine(test, { number: '+817055550110', market: 'JP', taxRegion: '1500001' }));
  assert.equal(refusal(await join(abroad.number)), 'orders.join_elsewhere');
  assert.equal(refusal(await join('+12065559999')), 'lines.not_found');
  const owner = await newPerson(test, line);
  for (const asker of [GUEST, owner])
    assert.equal(refusal(await joinLine(test.house, asker, { number: line.number, to, reason: '' })), 'access.not_allowed');
  const lost = await named(test, await newLine(test, { plan: 'day-1gb' }));
  await buy(test, lost, [RENEW]);
  test.clock.advance(300 * DAY_MS);
  assert.equal(refusal(await join(lost.number)), 'orders.join_lost');
  assert.equal((await linesOfAccount(test.database, parent)).length, 1);
  await house.end();
});

test('a line of an account that owes money stays until that is paid, and nothing has moved [BUY-6]', async (t) => {
  const { house, test, line, parent, join, left } = await family(t);
  const session = house.session(line);
  await session.begin();
  await test.database.query(lend, { slot: line.slot, accountId: line.accountId });
  const owe = (minor: bigint) =>
    test.database.transaction(async (tx) => {
      const account = await lockAccount(tx, line);
      const at = test.clock.business();
      const legs = [
        { name: 'balance', amount: { currency: 'USD', minor } },
        { name: 'boundary.test', amount: { currency: 'USD', minor: -minor } },
      ];
      const transactionId = test.tools.mintId(line.slot);
      postTransaction(tx, account, { transactionId, kind: 'opening', reference: `debt ${minor}`, legs, effectiveAt: at, recordedAt: at });
    });
  await owe(-300n);
  const refused = await join();
  assert.deepEqual([refusal(refused), isRefusal(refused) && refused.values], ['orders.join_debt', { currency: 'USD', owedMinor: 300n }]);
  assert.equal(allowed(await findNumber(test.database, line.number)).accountId, line.accountId);
  assert.equal(typeof grantOf(await session.update(MB)), 'bigint', 'its session goes on');
  assert.equal((await readAccount(test.database, parent)).balanceMinor, 0n);
  assert.deepEqual(await noticesOf(test), [], 'and nobody is told of anything');
  await owe(300n);
  const joined = allowed(await join());
  assert.deepEqual(await left(joined.line), [5n * GB - MB]);
  await house.end();
});

const lend = parseStatement(
  'test.lend',
  'update ledger.account set credit_limit_minor = 1000 where slot = :slot and account_id = :account_id',
);

/** Who was told of a move, on which channel. */
async function noticesOf(test: TestHouse): Promise<string[]> {
  await drainOutbox(test);
  const all = await listNotices(test.database, { count: 500 });
  return all
    .filter(({ kind }) => ['lines.left', 'lines.joined', 'lines.moved'].includes(kind))
    .map(({ kind, channel, recipient }) => `${kind} ${channel} ${recipient}`)
    .toSorted();
}

test('whose line it was, whose it is and the line itself are told of the join, once, each in their own language [SIM-4, FX-3]', async (t) => {
  const { house, test, line, parent, join } = await family(t);
  const person = async (of: NumberClaim, email: string, language: 'es' | 'zh-Hant', number: string | null) => {
    const personId = await addPerson(test.house, test.database, { name: email, language, email, number });
    await addMember(test.database, { slot: of.slot, accountId: of.accountId, personId, role: 'owner', at: test.clock.business() });
    return formatId('person', personId);
  };
  const old = await person(line, 'old@example.org', 'es', line.number);
  const owner = await person(parent, 'new@example.org', 'zh-Hant', '+12065559001');
  allowed(await join());
  allowed(await join());
  assert.deepEqual(await noticesOf(test), [
    'lines.joined mail new@example.org',
    `lines.joined push ${owner}`,
    'lines.joined sms +12065559001',
    'lines.left mail old@example.org',
    `lines.left push ${old}`,
    `lines.moved sms ${line.number}`,
  ]);
  const said = async (kind: string) =>
    (await listNotices(test.database, { count: 500 })).find((one) => one.kind === kind && one.channel !== 'push');
  assert.match((await said('lines.left'))?.body ?? '', /ha pasado a otra cuenta.*\/security/s);
  assert.match((await said('lines.joined'))?.body ?? '', /帳戶/);
  assert.match((await said('lines.moved'))?.body ?? '', /this line is on another account now/);
  await house.end();
});

test('a join between accounts of one owner is told to them once; between accounts nobody owns, to the line [SIM-4]', async (t) => {
  const { house, test, line, parent, join } = await family(t);
  allowed(await join());
  assert.ok((await noticesOf(test)).includes(`lines.moved sms ${line.number}`));
  const { personId } = await newPerson(test, line);
  const { slot, accountId } = parent;
  await addMember(test.database, { slot, accountId, personId, role: 'owner', at: test.clock.business() });
  allowed(await join(line.number, { to: { slot: line.slot, accountId: line.accountId } }));
  const told = await noticesOf(test);
  assert.ok(told.includes('lines.joined mail lin@example.com'));
  assert.ok(!told.some((one) => one.startsWith('lines.left')));
  await house.end();
});

test('what was quoted for a line before it joined is of a number that moved [BUY-6]', async (t) => {
  const { house, test, line, join } = await family(t);
  const quoted = await quote(test, line, [PACK]);
  allowed(await join());
  assert.equal(refusal(await place(test, { quote: quoted })), 'orders.number_moved');
  await house.end();
});

test('what an order bought for a line that joined since cannot be taken back: a part of its money goes back, the whole does not [PAY-6]', async (t) => {
  const { house, test, line, join, left } = await family(t);
  await fillBalance(test, line, 2_000n);
  const bought = await buy(test, line, [PACK]);
  const { line: joined } = allowed(await join());
  const back = (key: string, asked: RefundAsked) => refundOrder(test.house, OPERATOR, { order: bought, key, asked, reason: 'asked' });
  assert.equal(refusal(await back('one', { kind: 'rest' })), 'orders.line_moved');
  allowed(await back('two', { kind: 'amount', amount: { currency: 'USD', minor: 100n } }));
  assert.deepEqual((await left(joined)).length, 2, 'and the line keeps it');
  await house.end();
});

test('a join and a report of use that meet: whichever is first, the use is debited once and nothing is lost', async (t) => {
  for (const first of ['join', 'use'] as const) {
    const { house, test, line, join, left } = await family(t);
    const session = house.session(line);
    await session.begin();
    const works = { join: () => join(), use: () => session.update(100n * MB) };
    const second = first === 'join' ? 'use' : 'join';
    await meetOn(test.database, ofAccount(line), [works[first], works[second]]);
    const now = allowed(await findNumber(test.database, line.number));
    assert.deepEqual(await left(now), [first === 'use' ? 5n * GB - 100n * MB : 5n * GB], `${first} first`);
    await house.end();
  }
});

test('two joins that cross never wait for each other, and two of one line are one', async (t) => {
  const { house, test, line, parent, join } = await family(t);
  const cross = () => join(parent.number, { to: { slot: line.slot, accountId: line.accountId } });
  const lower = line.accountId < parent.accountId ? line : parent;
  const crossed = await meetOn(test.database, ofAccount(lower), [() => join(), cross]);
  for (const answer of crossed) allowed(answer);
  const places = await Promise.all([line, parent].map(({ number }) => findNumber(test.database, number)));
  assert.deepEqual(
    places.map((claim) => allowed(claim).accountId),
    [parent.accountId, line.accountId],
    'each is where the other was',
  );
  const third = await named(test, await activeLine(test));
  const into = { to: { slot: third.slot, accountId: third.accountId } };
  const [one, other] = await meetOn(test.database, ofAccount(third), [() => join(line.number, into), () => join(line.number, into)]);
  assert.deepEqual([allowed(one).repeated, allowed(other).repeated], [false, true]);
  await house.end();
});
