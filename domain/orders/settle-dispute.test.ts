import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPostings } from '#domain/ledger';
import type { NumberClaim } from '#domain/lines';
import { claimDisputeAsking, type DisputeState } from '#domain/payments';
import { present } from '#platform/assert';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#platform/clock';
import {
  activeLine,
  allowed,
  attemptsNow,
  BALANCE,
  balanceOf,
  buy,
  checkInvariants,
  comeBack,
  deliverWebhooks,
  drainOutbox,
  fillBalance,
  newLine,
  OPERATOR,
  order,
  orderNow,
  RENEW,
  runJanitor,
  stateOf,
  type TestHouse,
  testHouse,
  visitPage,
} from '#tests/house';
import { cancelOrder } from './cancel-order.ts';
import { settleDispute } from './settle-dispute.ts';

async function end(test: TestHouse): Promise<void> {
  await runJanitor(test);
  await drainOutbox(test);
  await checkInvariants(test);
}

/** What the bank holds of ours, by the books of one account. */
async function claimed(test: TestHouse, line: NumberClaim): Promise<bigint> {
  const legs = (await readPostings(test.database, line)).flatMap((posting) => posting.legs);
  return -legs.filter((leg) => leg.name === 'house.disputed').reduce((sum, leg) => sum + leg.amount.minor, 0n);
}

/** Opens a dispute at the provider about the newest payment there, or ends one. */
async function atBank(test: TestHouse, what: 'dispute' | 'won' | 'lost'): Promise<void> {
  const { payments, disputes } = test.simulator.state();
  const path = what === 'dispute' ? `payments/${payments[0]?.id}/dispute` : `disputes/${disputes[0]?.id}/${what}`;
  const answer = await fetch(`${test.simulator.url}/_simulator/${path}`, { method: 'POST' });
  assert.equal(answer.status, 200, path);
  // Providers tell in seconds.
  test.clock.advance(1000);
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

for (const told of [
  ['opened', 'lost', 'won'],
  ['opened', 'won', 'lost'],
  ['won', 'lost', 'won', 'lost'],
] as const satisfies readonly DisputeState[][])
  test(`a dispute told as ${told.join(', ')} ends as ${told.at(-1)}, in whatever order and however often that is heard (P7, L8) [PAY-5]`, async (t) => {
    const test = await testHouse(t);
    const line = await activeLine(test);
    const paid = await buy(test, line, [RENEW]);
    const attempt = present((await attemptsNow(test, paid))[0], 'it was paid');
    const taken = told.at(-1) === 'lost' ? 1000n : 0n;
    for (const [turn, heard] of permutations([...told.keys()]).entries()) {
      const before = await claimed(test, line);
      for (const index of [...heard, ...heard])
        await settleDispute(test.house, attempt, {
          disputeId: `du_${turn}`,
          state: present(told[index], 'it was told'),
          amount: { currency: 'USD', minor: 1000n },
          reason: 'fraudulent',
          toldAt: new Date(test.clock.transport().getTime() + index * 1000),
        });
      assert.equal((await claimed(test, line)) - before, taken, `heard as ${heard.map((index) => told[index]).join(', ')}`);
    }
    const [after] = await attemptsNow(test, paid);
    assert.equal(after?.disputedMinor, await claimed(test, line));
    assert.equal((await orderNow(test, paid)).state, 'applied');
  });

test('a bank that changes its mind again and again, told backwards and twice: the books say what the provider says (P7, L8) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await deliverWebhooks(test);
  for (const manner of ['plain', 'twice', 'out_of_order'] as const) {
    await buy(test, line, [RENEW]);
    await deliverWebhooks(test);
    test.simulator.setManner(manner);
    await atBank(test, 'dispute');
    for (const verdict of ['won', 'lost', 'won', 'lost'] as const) await atBank(test, verdict);
    await deliverWebhooks(test);
    await end(test);
    await atBank(test, 'won');
    await deliverWebhooks(test);
    await end(test);
  }
});

test('value that was spent before the bank took its payment back is a claim on the payer, never a negative balance (L5) [PAY-2] [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await newLine(test);
  await fillBalance(test, line, 2000n);
  await deliverWebhooks(test);
  await buy(test, line, [RENEW], { way: BALANCE });
  const [state, money] = [await stateOf(test, line), await balanceOf(test, line)];
  assert.ok(money.balance < 2000n);
  for (const what of ['dispute', 'lost'] as const) {
    await atBank(test, what);
    await deliverWebhooks(test);
    assert.deepEqual(await balanceOf(test, line), money, `the balance after ${what}`);
    assert.deepEqual((await stateOf(test, line)).line.paidUntil, state.line.paidUntil);
  }
  assert.equal(await claimed(test, line), BigInt(test.simulator.state().disputes[0]?.amount ?? 0));
  await end(test);
});

test('a payment that came to nothing and counted as returned by its dispute goes back once the dispute is won (P1, L8) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await deliverWebhooks(test);
  const paying = await order(test, line, [RENEW]);
  await comeBack(test, paying);
  test.simulator.setFaults([{ on: 'GET /v1/', kind: 'error_500_before', times: 2 }]);
  allowed(await cancelOrder(test.house, OPERATOR, paying.order));
  test.simulator.setFaults([]);
  await visitPage(paying, 'good');
  await atBank(test, 'dispute');
  // The list names the payment by our reference: its dispute is known before it is settled, so that nobody tries to refund it too.
  await runJanitor(test);
  assert.equal((await orderNow(test, paying.order)).state, 'refunded');
  await end(test);
  for (const verdict of ['won', 'lost', 'won'] as const) {
    await atBank(test, verdict);
    await deliverWebhooks(test);
    await deliverWebhooks(test);
    assert.equal((await orderNow(test, paying.order)).state, 'refunded', verdict);
    assert.equal(test.simulator.state().refunds.length, 1, 'it went back once');
  }
  await end(test);
});

test('news of a dispute about a payment we had not heard of is found in the list, once a day (P7) [PAY-5]', async (t) => {
  const lists: Date[] = [];
  const test = await testHouse(t, {
    wrapProvider: (provider) => ({
      ...provider,
      listDisputes: (since, now) => {
        lists.push(now);
        return provider.listDisputes(since, now);
      },
    }),
  });
  const line = await activeLine(test);
  await runJanitor(test);
  await deliverWebhooks(test);
  const paying = await order(test, line, [RENEW]);
  await visitPage(paying, 'webhook_never');
  await atBank(test, 'dispute');
  assert.deepEqual([...new Set(await deliverWebhooks(test))], [200], 'answered, and nothing to do for it');
  assert.equal(await claimed(test, line), 0n);
  test.clock.advance(DAY_MS - MINUTE_MS);
  await runJanitor(test);
  assert.equal(lists.length, 1);
  test.clock.advance(MINUTE_MS);
  assert.equal((await runJanitor(test)).disputes, 1);
  assert.equal(await claimed(test, line), BigInt(test.simulator.state().disputes[0]?.amount ?? 0));
  assert.equal((await orderNow(test, paying.order)).state, 'applied');
  await atBank(test, 'lost');
  await atBank(test, 'won');
  test.clock.advance(DAY_MS);
  await runJanitor(test);
  assert.equal(await claimed(test, line), 0n);
  assert.equal(lists.length, 3);
  await deliverWebhooks(test);
  await end(test);
});

test('a list that was not answered is asked for again within the hour (P2) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await atBank(test, 'dispute');
  test.simulator.setFaults([{ on: 'GET /v1/disputes', kind: 'error_500_before', times: 1 }]);
  assert.equal((await runJanitor(test)).disputes, 0);
  test.clock.advance(HOUR_MS);
  assert.equal((await runJanitor(test)).disputes, 1);
  assert.notEqual(await claimed(test, line), 0n);
  await end(test);
});

test('two nodes that find the list due at once: one asks', async (t) => {
  const test = await testHouse(t);
  const now = test.clock.transport();
  const claims = await Promise.all([1, 2, 3].map(() => claimDisputeAsking(test.database, test.house.providers, now)));
  assert.deepEqual(claims.flat(), ['stripe']);
  const later = new Date(now.getTime() + HOUR_MS);
  const again = await Promise.all([1, 2, 3].map(() => claimDisputeAsking(test.database, test.house.providers, later)));
  assert.deepEqual(again.flat(), ['stripe']);
});
