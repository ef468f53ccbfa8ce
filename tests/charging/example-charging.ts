/** For tests: a house with an engine, and a peer of the packet core that asks it. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readAllowances } from '#domain/allowances';
import type { Catalog } from '#domain/catalog';
import {
  type AnsweredItem,
  type AskedItem,
  type ChargingAnswer,
  type ChargingEngine,
  type ChargingRequest,
  createChargingEngine,
  type EngineOptions,
  PROFILES,
} from '#domain/charging';
import { readAccount } from '#domain/ledger';
import type { NumberClaim } from '#domain/lines';
import { parseStatement } from '#platform/database';
import { checkInvariants, drainOutbox, type TestHouse, testHouse } from '#tests/house';

export const MB = 1_000_000n;
export const DATA = { ratingGroup: 10, serviceIdentifier: null } as const;

export type ChargingHouse = {
  readonly test: TestHouse;
  readonly engine: ChargingEngine;
  /** One session of a line, asking in order; `over` for what is out of it. */
  session(line: NumberClaim & { number: string }, reference?: string): ExampleSession;
  /** What each allowance of the line's account has used and reserved, oldest first. */
  owned(line: NumberClaim): Promise<{ used: bigint; reserved: bigint }[]>;
  balance(line: NumberClaim): Promise<{ balance: bigint; held: bigint }>;
  /** Sums over all requests of the account. */
  booked(line: NumberClaim): Promise<{ used: bigint; free: bigint; paid: bigint; lost: bigint; paidMinor: bigint }>;
  /** The books agree; nothing is under way. */
  end(): Promise<void>;
};

export type ExampleSession = {
  begin(over?: Partial<ChargingRequest>): Promise<ChargingAnswer>;
  /** Reports `used` and asks for more. */
  update(used: bigint, over?: Partial<ChargingRequest>): Promise<ChargingAnswer>;
  end(used: bigint, over?: Partial<ChargingRequest>): Promise<ChargingAnswer>;
  ask(request: Pick<ChargingRequest, 'operation'> & Partial<ChargingRequest>): Promise<ChargingAnswer>;
};

const readBooked = parseStatement(
  'test.booked-charges',
  `select coalesce(sum(used), 0)::bigint as used, coalesce(sum(free), 0)::bigint as free, coalesce(sum(paid), 0)::bigint as paid,
     coalesce(sum(lost), 0)::bigint as lost, coalesce(sum(paid_minor), 0)::bigint as paid_minor
   from charging.request where slot = :slot and account_id = :account_id`,
);
let sessions = 0;

export async function chargingHouse(
  t: Parameters<typeof testHouse>[0],
  options: EngineOptions = {},
  sold: (catalog: Catalog) => Catalog = (catalog) => catalog,
): Promise<ChargingHouse> {
  const own = await testHouse(t);
  const catalog = sold(own.catalog);
  const test: TestHouse = { ...own, catalog, house: { ...own.house, catalog: () => catalog } };
  const engine = createChargingEngine(test.tools, async () => test.catalog, { error: (facts: unknown) => fail(facts) }, options);
  t.after(() => engine.close());
  return {
    test,
    engine,
    session: (line, reference) => exampleSession(engine, line, reference),
    async owned({ slot, accountId }) {
      const all = await readAllowances(test.database, { slot, accountId, at: new Date(0) });
      return all.map(({ used, reserved }) => ({ used, reserved }));
    },
    async balance(line) {
      const { balanceMinor, heldMinor } = await readAccount(test.database, line);
      return { balance: balanceMinor, held: heldMinor };
    },
    async booked({ slot, accountId }) {
      const [sums] = await test.database.query(readBooked, { slot, accountId });
      return sums as Awaited<ReturnType<ChargingHouse['booked']>>;
    },
    async end() {
      await drainOutbox(test);
      await checkInvariants(test);
    },
  };
}

function fail(facts: unknown): void {
  const { err } = facts as { err?: Error };
  if (process.env['CHARGING_TEST_QUIET'] === undefined) console.error(err ?? facts);
}

/** Octets of the first item, or its refusal. */
export function grantOf({ result, items }: ChargingAnswer): bigint | string {
  const [item] = items;
  return item?.granted ?? item?.result ?? result;
}

export function itemOf({ items }: ChargingAnswer): AnsweredItem {
  const [item] = items;
  assert.ok(item !== undefined, 'an answer about a rating group');
  return item;
}

/** One session of a line, asking an engine in order. */
export function exampleSession(engine: ChargingEngine, line: { number: string }, named?: string): ExampleSession {
  sessions += 1;
  const reference = named ?? `smf.example;1;${sessions}`;
  let number = -1n;
  const ask: ExampleSession['ask'] = (over) => {
    number += 1n;
    const request = {
      peer: 'smf.example',
      profile: PROFILES.standard,
      reference,
      key: `${over.operation}:${over.number ?? number}`,
      number,
      line: { number: line.number },
      kind: 'data',
      items: [],
      ...over,
    } as const;
    const items: readonly AskedItem[] = request.items;
    const content = JSON.stringify([request.operation, items], (_, value) => (typeof value === 'bigint' ? `${value}` : value));
    return engine.charge({ contentHash: createHash('md5').update(content).digest(), ...request, items });
  };
  return {
    ask,
    begin: (over) => ask({ operation: 'begin', items: [{ ...DATA, asked: null }], ...over }),
    update: (used, over) => ask({ operation: 'update', items: [{ ...DATA, asked: null, used }], ...over }),
    end: (used, over) => ask({ operation: 'end', items: [{ ...DATA, used }], ...over }),
  };
}
