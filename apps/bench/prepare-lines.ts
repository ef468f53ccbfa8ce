/** Lines for charging to be measured on: one made by the use cases, on a plan with data, and as many as one wants like it. */
import type pg from 'pg';
import { reconcileChargingOfAll } from '#domain/charging';
import { addLine, findNumber } from '#domain/lines';
import { payOrder, placeOrder, quoteOrder } from '#domain/orders';
import { assert } from '#platform/assert';
import { isRefusal } from '#platform/refusals';
import type { House } from '../house/index.ts';
import { type CopiedLine, copyLines } from './copy-lines.ts';
import type { BenchHouse } from './open-bench-house.ts';
import { withClient } from './server-figures.ts';

/** One line by the use cases, on a plan with data; all others as it is. */
export async function prepareLines(
  { house, server }: BenchHouse,
  { lines, print }: { lines: number; print: (line: string) => void },
): Promise<CopiedLine[]> {
  const { database } = house.tools;
  const number = '+12065000001';
  await database.transaction(async (tx) => {
    const added = await addLine(house.tools, tx, house.catalog.latest(), { number, market: 'US', taxRegion: '98101', plan: 'month-5gb' });
    assert(!isRefusal(added), `the bench adds ${number}`);
  });
  const line = await findNumber(database, number);
  assert(!isRefusal(line), 'an added line is found');
  await renew(house, line);
  print(`Making ${lines} lines as it.`);
  return withClient(server, (client) => copyLines(client, line, lines));
}

async function renew(house: House, line: Parameters<typeof quoteOrder>[2]['line']): Promise<void> {
  const asker = { kind: 'operator', name: 'bench' } as const;
  const quote = await quoteOrder(house.orders, asker, { line, items: [{ kind: 'renew' }] });
  assert(!isRefusal(quote), 'a renewal is quoted');
  const acceptedTerms = quote.content.termsVersion;
  const way = { kind: 'page', saveMethod: false } as const;
  const placed = await placeOrder(house.orders, asker, { quote, key: `${quote.quoteId}`, way, acceptedTerms, language: 'en' });
  assert(!isRefusal(placed), 'a renewal is placed');
  const { order } = await payOrder(house.orders, placed);
  assert(order.state === 'applied', 'a paid renewal takes effect');
}

/** Every allowance is what requests and sessions say, and they say what the sessions that were played used. */
export async function isConserved({ house, server }: BenchHouse, used: bigint): Promise<boolean> {
  return (await reconcileChargingOfAll(house.tools.database)).length === 0 && (await usedIn(server)) === used;
}

/** What all requests say was used. */
function usedIn(server: pg.ClientConfig): Promise<bigint> {
  return withClient(server, async (client) => {
    const { rows } = await client.query<{ used: string }>('select coalesce(sum(used), 0)::text as used from charging.request');
    return BigInt(rows[0]?.used ?? 0);
  });
}
