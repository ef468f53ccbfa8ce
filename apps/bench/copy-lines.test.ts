import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { activeLine, testHouse } from '#tests/house';
import { copyLines } from './copy-lines.ts';

type Key = { readonly slot: number; readonly accountId: bigint };

/** What each line has of its own: who it is, and the order that it came from. */
const OWN = new Set(['slot', 'account_id', 'line_id', 'number', 'allowance_id', 'order_id', 'version']);
const TABLES = ['ledger.account', 'lines.line', 'allowances.allowance'];

test('lines made for a bench have the rows that charging reads as the use cases write them', async (t) => {
  const house = await testHouse(t);
  const [pattern, other] = [await activeLine(house), await activeLine(house)];
  const client = new pg.Client(house.connection);
  await client.connect();
  t.after(() => client.end());
  await copyLines(client, pattern, 3);
  const rowsOf = async (table: string, { slot, accountId }: Key) => {
    const { rows } = await client.query(`select to_jsonb(one) as row from ${table} as one where slot = $1 and account_id = $2`, [
      slot,
      `${accountId}`,
    ]);
    return rows.map(({ row }) => JSON.stringify(Object.entries(row).filter(([column]) => !OWN.has(column)))).sort();
  };
  const { rows: sims } = await client.query<{ slot: number; account_id: string }>(
    "select slot, account_id from sims.sim where iccid like '8901260%' order by iccid",
  );
  assert.equal(sims.length, 3);
  for (const table of TABLES) {
    const written = await rowsOf(table, other);
    assert.ok(written.length > 0, table);
    for (const sim of sims) assert.deepEqual(await rowsOf(table, { slot: sim.slot, accountId: BigInt(sim.account_id) }), written, table);
  }
});
