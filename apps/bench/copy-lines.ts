/**
 * Many lines from one that the use cases made: every row of it that charging reads, copied with ids and numbers of its own
 * and nothing else changed. So each is what the use case would have written, and 200,000 take seconds.
 */
import type pg from 'pg';

export type CopiedLine = { readonly imsi: string; readonly number: string };

type Pattern = { readonly slot: number; readonly accountId: bigint; readonly lineId: bigint };

/** What is changed in the copy, by table; the rest of the row stays as it is. `n` is the count of the copy, which also chooses its slot. */
const COPIED: readonly { readonly table: string; readonly changed: string }[] = [
  { table: 'ledger.account', changed: `'slot', n & 1023, 'account_id', ACCOUNT + n` },
  { table: 'lines.line', changed: `'slot', n & 1023, 'account_id', ACCOUNT + n, 'line_id', LINE + n, 'number', '+1' || (3000000000 + n)` },
  {
    table: 'allowances.allowance',
    changed: `'slot', n & 1023, 'account_id', ACCOUNT + n, 'line_id', LINE + n, 'allowance_id', ALLOWANCE + one.part_no::bigint * 4294967296 + n`,
  },
];
/** Far from what is minted in this century, and each ends in ten zero bits: the slot is the count's. */
const IDS = { ACCOUNT: 1n << 60n, LINE: (1n << 60n) + (1n << 50n), ALLOWANCE: (1n << 60n) + (1n << 51n) } as const;
const MCC_MNC = '310260';

export async function copyLines(client: pg.Client, pattern: Pattern, count: number): Promise<CopiedLine[]> {
  for (const { table, changed } of COPIED) {
    const columns = changed.replace(/\b(ACCOUNT|LINE|ALLOWANCE)\b/g, (name) => `${IDS[name as keyof typeof IDS]}::bigint`);
    await client.query(
      `insert into ${table}
       select copy.*
       from ${table} as one, generate_series(1, ${count}) as n,
         lateral jsonb_populate_record(null::${table}, to_jsonb(one) || jsonb_build_object(${columns})) as copy
       where one.slot = ${pattern.slot} and one.account_id = ${pattern.accountId}`,
    );
  }
  await client.query(
    `insert into sims.sim (iccid, imsi, slot, account_id, line_id)
     select '8901260' || lpad(n::text, 12, '0'), '${MCC_MNC}' || lpad(n::text, 9, '0'), n & 1023, ${IDS.ACCOUNT} + n, ${IDS.LINE} + n
     from generate_series(1, ${count}) as n`,
  );
  await client.query('analyze ledger.account, lines.line, allowances.allowance, sims.sim');
  return Array.from({ length: count }, (_, index) => ({
    imsi: MCC_MNC + `${index + 1}`.padStart(9, '0'),
    number: `+1${3_000_000_000 + index + 1}`,
  }));
}
