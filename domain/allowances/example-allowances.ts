/** What this folder's tests are told about: an account on a real database, and allowances with few words. */
import type { AllowancePart } from '#domain/catalog';
import { lockAccount, openAccount } from '#domain/ledger';
import { DAY_MS } from '#platform/clock';
import { type Database, parseStatement, type Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import type { AccountKey, Allowance, UseContext } from './allowance.ts';
import type { UseReport } from './consume-allowances.ts';
import { type Grant, grantAllowances } from './grant-allowances.ts';
import { readAllowances, readOrderAllowances } from './read-allowances.ts';

export const NOW = new Date('2026-11-02T17:00:00Z');
export const LINE = 77n;
export const OTHER_LINE = 78n;
export const daysFromNow = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);

export const plainContext: UseContext = { service: 'data', zone: 'home', lineId: LINE, now: NOW, policy: { exhaustion: 'stop' } };
export const throttlingContext: UseContext = { ...plainContext, policy: { exhaustion: 'throttle' } };

/** 1,000 octets of the line's own data, valid for 30 days around now, unless said otherwise. */
export function exampleAllowance(over: Partial<Allowance> = {}): Allowance {
  return {
    slot: 5,
    accountId: 5n,
    allowanceId: 1n,
    lineId: LINE,
    orderId: 900n,
    itemNo: 0,
    partNo: 0,
    productCode: 'month-5',
    productVersion: 1,
    market: 'US',
    service: 'data',
    zone: 'any',
    zeroRated: false,
    granted: 1000n,
    fullSpeedCap: null,
    used: 0n,
    reserved: 0n,
    forfeited: 0n,
    shares: null,
    validFrom: daysFromNow(-1),
    validUntil: daysFromNow(29),
    starts: 'at_date',
    withdrawnAt: null,
    createdAt: daysFromNow(-1),
    ...over,
  };
}

export function examplePart(over: Partial<AllowancePart> = {}): AllowancePart {
  return { service: 'data', zone: 'any', quantity: 1000n, fullSpeedCap: null, zeroRated: false, shared: false, ...over };
}

export type ExampleAccount = {
  readonly database: Database;
  readonly tools: Tools;
  readonly key: AccountKey;
  /** A transaction that has locked the account, as every caller of this folder's functions does. */
  locked<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  grantOf(over?: Partial<Grant>): Grant;
  grant(over?: Partial<Grant>): Promise<Allowance[]>;
  report(over?: Partial<UseReport>): UseReport;
  owned(at?: Date): Promise<Allowance[]>;
  /** As a charging session would hold it. */
  setReserved(allowanceId: bigint, reserved: bigint): Promise<void>;
  /** One statement of the test's own, as the program's role. */
  run(text: string, parameters?: object): Promise<void>;
};

/** Opens an account on the database that a test was given. */
export async function exampleAccount({ database, tools }: Pick<ExampleAccount, 'database' | 'tools'>): Promise<ExampleAccount> {
  const key = { slot: 5, accountId: tools.mintId(5) };
  await database.transaction((tx) => openAccount(tx, { ...key, currency: 'USD', at: NOW }));
  let count = 0;
  const locked: ExampleAccount['locked'] = (work) =>
    database.transaction(async (tx) => {
      await lockAccount(tx, key);
      return work(tx);
    });
  const run: ExampleAccount['run'] = async (text, parameters = {}) => {
    await database.query(parseStatement(`allowances.example ${text}`.slice(0, 63), text), parameters);
  };
  const grantOf: ExampleAccount['grantOf'] = (over) => ({
    ...key,
    lineId: LINE,
    orderId: tools.mintId(5),
    itemNo: 0,
    productCode: 'month-5',
    productVersion: 1,
    market: 'US',
    parts: [examplePart()],
    validFrom: NOW,
    validUntil: daysFromNow(30),
    starts: 'at_date',
    at: NOW,
    ...over,
  });
  return {
    database,
    tools,
    key,
    locked,
    grantOf,
    grant: (over) =>
      locked(async (tx) => {
        const grant = grantOf(over);
        grantAllowances(tools, tx, grant);
        return readOrderAllowances(tx, grant);
      }),
    report: (over) => {
      count += 1;
      return {
        ...key,
        lineId: LINE,
        key: `report-${count}`,
        service: 'data',
        zone: 'home',
        quantity: 100n,
        at: NOW,
        policy: { exhaustion: 'stop' },
        ...over,
      };
    },
    owned: (at = NOW) => readAllowances(database, { ...key, at }),
    setReserved: (allowanceId, reserved) =>
      run('update allowances.allowance set reserved = :reserved where allowance_id = :allowance_id', { reserved, allowanceId }),
    run,
  };
}
