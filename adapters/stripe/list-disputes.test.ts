import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '#domain/money';
import { DAY_MS, MINUTE_MS } from '#platform/clock';
import { formatId } from '#platform/ids';
import { payOnPage } from '#simulators/payment-provider';
import { type PaymentHouse, pageOf, paymentHouse } from '#tests/payment-house';
import { listDisputes } from './list-disputes.ts';
import { createClient, type Link } from './stripe-client.ts';

function linkTo({ simulator, troubles }: PaymentHouse): Link {
  const stripe = createClient({ secretKey: simulator.key, webhookSecrets: [], host: '127.0.0.1', port: simulator.port, protocol: 'http' });
  return { stripe, trouble: (cause) => troubles.push(cause) };
}

async function dispute(house: PaymentHouse, minor: bigint): Promise<string> {
  const attempt = await (await house.newOrder({ amount: money('USD', minor) })).pay();
  await payOnPage(pageOf(attempt), { card: '4242424242424242' });
  const [payment] = house.simulator.state().payments;
  await fetch(`${house.simulator.url}/_simulator/payments/${payment?.id}/dispute`, { method: 'POST' });
  return formatId('att', attempt.attemptId);
}

test('every dispute opened since is listed, page by page, with the attempt it is about and how it stands now [P7]', async (t) => {
  const house = await paymentHouse(t);
  const old = await dispute(house, 500n);
  house.clock.advance(2 * DAY_MS);
  const since = house.clock.transport();
  const references: string[] = [];
  for (const minor of [1001n, 1002n, 1003n, 1004n, 1005n]) references.push(await dispute(house, minor));
  const [newest] = house.simulator.state().disputes;
  await fetch(`${house.simulator.url}/_simulator/disputes/${newest?.id}/lost`, { method: 'POST' });
  const now = house.clock.transport();
  const listed = await listDisputes(linkTo(house), since, now, 2);
  assert.ok(listed.kind === 'listed');
  assert.deepEqual(listed.disputes.map(({ attemptReference }) => attemptReference).reverse(), references);
  assert.deepEqual(
    listed.disputes.map(({ news }) => `${news.state} ${news.amount.minor}`),
    ['lost 1005', 'opened 1004', 'opened 1003', 'opened 1002', 'opened 1001'],
  );
  // What is told after the list counts as later, also by a clock that is somewhat behind.
  for (const { news } of listed.disputes) assert.equal(news.toldAt.getTime(), now.getTime() - 5 * MINUTE_MS);
  const all = await listDisputes(linkTo(house), new Date(0), now, 2);
  assert.ok(all.kind === 'listed' && all.disputes.at(-1)?.attemptReference === old && all.disputes.length === 6);
});

test('a list that breaks off in the middle is no list [P2]', async (t) => {
  const house = await paymentHouse(t);
  for (const minor of [1001n, 1002n, 1003n]) await dispute(house, minor);
  house.simulator.setFaults([
    { on: 'GET /v1/nothing', kind: 'slow', times: 1 },
    { on: 'GET /v1/disputes', kind: 'error_500_before', times: 1 },
  ]);
  const listed = await listDisputes(linkTo(house), new Date(0), house.clock.transport(), 2);
  assert.equal(listed.kind, 'unknown');
  assert.equal(house.troubles.length, 1);
});
