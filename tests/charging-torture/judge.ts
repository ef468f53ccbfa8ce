/** The verdict: the books against the client's ledger, request by request, and the books against themselves. */
import pg from 'pg';
import { RESULT } from '#channels/diameter';
import { reconcileAllowances } from '#domain/allowances';
import { reconcileChargingOfAll } from '#domain/charging';
import { findUnreconciled } from '#domain/ledger';
import type { Database } from '#platform/database';
import { SLOT_COUNT } from '#platform/ids';
import { readChargedMoney, readUnbalanced } from '../house/read-books.ts';
import { type Asked, type ChargingModel, nameOf } from './keep-model.ts';
import type { TorturedLine } from './open-lines.ts';

export type BookedRequest = {
  readonly peer: string;
  readonly reference: string;
  readonly key: string;
  readonly operation: string;
  readonly imsi: string;
  readonly used: bigint;
  readonly posted: bigint;
  readonly free: bigint;
  readonly paid: bigint;
  readonly lost: bigint;
  readonly paidMinor: bigint;
  readonly late: boolean;
};

type Judged = { readonly database: Database; readonly connection: pg.ClientConfig; readonly lines: readonly TorturedLine[] };

export type ChargingVerdict = {
  readonly wrong: readonly string[];
  readonly compared: Readonly<Record<string, number>>;
};

const REQUESTS = `select s.peer, s.reference, r.key, r.operation::text, sim.imsi, r.used, r.free, r.paid, r.lost, r.paid_minor as "paidMinor", r.late,
    (select coalesce(sum(one), 0)::bigint from unnest(r.quantities) as one) as posted
  from charging.request r join charging.session s using (slot, account_id, session_id) left join sims.sim sim on sim.line_id = r.line_id`;
const OPEN = `select count(*)::int as count from charging.session where state = 'open'`;
const RESERVED = `select count(*)::int as count from allowances.allowance where reserved <> 0`;
const HELD = `select count(*)::int as count from ledger.account where held_minor <> 0`;
const CHARGED = `select sim.imsi, sum(a.charged)::bigint as charged from allowances.allowance a join sims.sim sim using (line_id) group by sim.imsi`;
const BALANCES = `select sim.imsi, a.balance_minor as balance from ledger.account a join sims.sim sim using (slot, account_id)`;

/** `connection` is the server's superuser's. */
export async function judge({ database, connection, lines }: Judged, model: ChargingModel): Promise<ChargingVerdict> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const read = async <Row extends pg.QueryResultRow>(sql: string) => (await client.query<Row>({ text: sql, types: BIGINTS })).rows;
    const count = async (sql: string) => (await read<{ count: number }>(sql))[0]?.count ?? 0;
    const rows = await read<BookedRequest>(REQUESTS);
    const charged = new Map((await read<{ imsi: string; charged: bigint }>(CHARGED)).map((row) => [row.imsi, row.charged]));
    const balances = new Map((await read<{ imsi: string; balance: bigint }>(BALANCES)).map((row) => [row.imsi, row.balance]));
    const named = async (what: string, number: Promise<number>) => ((await number) === 0 ? [] : [`${await number} ${what}`]);
    const wrong = [
      ...model.wrong,
      ...judgeRequests(model, rows),
      ...lines.flatMap((line) =>
        judgeLine(line, model, rows, { charged: charged.get(line.imsi) ?? 0n, balance: balances.get(line.imsi) ?? 0n }),
      ),
      ...(await named('sessions are still open (G5)', count(OPEN))),
      ...(await named('allowances still reserve something (G3)', count(RESERVED))),
      ...(await named('accounts still hold money (L6)', count(HELD))),
      ...(await judgeBooks(database)),
    ];
    return { wrong, compared: { requests: model.asked.size, rows: rows.length, lines: lines.length } };
  } finally {
    await client.end();
  }
}

/** Each row is of a request that was sent, with its use; each request that was answered has its row. */
export function judgeRequests({ asked }: Pick<ChargingModel, 'asked'>, rows: readonly BookedRequest[]): string[] {
  const booked = new Map(rows.map((row) => [nameOf(row.peer, row.reference, row.key), row]));
  const wrong: string[] = [];
  for (const [name, row] of booked) {
    if (row.operation === 'close') continue;
    const one = asked.get(name);
    if (one === undefined) wrong.push(`${name} is booked, and nobody sent it`);
    else if (usedBy(one) !== row.used) wrong.push(`G3: ${name} reported ${usedBy(one)}, and ${row.used} is booked`);
    if (row.posted + row.free + row.paid + row.lost !== row.used)
      wrong.push(`G4: ${name} used ${row.used}: ${row.posted} of allowances, ${row.free} free, ${row.paid} paid, ${row.lost} lost`);
  }
  for (const [name, one] of asked) {
    if (one.answer === undefined || booked.has(name)) continue;
    // A session that is known takes late reports, though it answers that it has ended; one that never began takes nothing.
    const hasBegun = booked.has(nameOf(one.peer, one.sessionId, '1:0'));
    if (one.resultCode === RESULT.UNKNOWN_SESSION_ID && !hasBegun) continue;
    wrong.push(`G3: ${name} was answered ${one.resultCode}, and is not booked`);
  }
  return wrong;
}

function usedBy({ used }: Asked): bigint {
  return [...used.values()].reduce((sum, octets) => sum + octets, 0n);
}

const CENT_OCTETS = 1_000_000n;

/** What allowances gave is what their requests say; money is each session's and group's own total, rounded up once (L9). */
function judgeLine(
  line: TorturedLine,
  { asked }: ChargingModel,
  all: readonly BookedRequest[],
  { charged, balance }: { charged: bigint; balance: bigint },
): string[] {
  const rows = all.filter(({ imsi }) => imsi === line.imsi);
  const sum = (of: 'posted' | 'lost' | 'paidMinor') => rows.reduce((total, row) => total + row[of], 0n);
  const wrong: string[] = [];
  if (charged !== sum('posted')) wrong.push(`G3: ${line.number} has ${charged} charged, and its requests say ${sum('posted')}`);
  if (balance < 0n) wrong.push(`L5: ${line.number} has ${balance}`);
  if (line.balanceMinor - balance !== sum('paidMinor'))
    wrong.push(`L4: ${line.number} paid ${line.balanceMinor - balance}, and its requests say ${sum('paidMinor')}`);
  if (line.plan !== 'payg' || sum('lost') > 0n) return wrong;
  const totals = new Map<string, bigint>();
  for (const { peer, reference, key } of rows) {
    for (const [group, octets] of asked.get(nameOf(peer, reference, key))?.used ?? []) {
      const name = `${peer} ${reference} ${group}`;
      totals.set(name, (totals.get(name) ?? 0n) + octets);
    }
  }
  const due = [...totals.values()].reduce((total, octets) => total + (octets + CENT_OCTETS - 1n) / CENT_OCTETS, 0n);
  if (due !== line.balanceMinor - balance) wrong.push(`L9: ${line.number} paid ${line.balanceMinor - balance}, and ${due} is right`);
  return wrong;
}

async function judgeBooks(database: Database): Promise<string[]> {
  const told = (what: string, found: readonly object[]) => found.slice(0, 5).map((one) => `${what}: ${Object.values(one).join(' ')}`);
  const allowances: object[] = [];
  for (let slot = 0; slot < SLOT_COUNT; slot += 1) allowances.push(...(await reconcileAllowances(database, { slot })));
  return [
    ...told('G2, G3: an allowance differs from its requests and sessions', await reconcileChargingOfAll(database)),
    ...told('an allowance differs from its postings', allowances),
    ...told('L4, L6: an account differs from its postings', await findUnreconciled(database)),
    ...told('L1: a posting does not sum to zero', await readUnbalanced(database)),
    ...told('G3: money that requests took differs from the ledger', await readChargedMoney(database)),
  ];
}

const BIGINTS: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): never {
    if (oid === 20) return ((text: string) => BigInt(text)) as never;
    return pg.types.getTypeParser(oid, format as 'text') as never;
  },
};
