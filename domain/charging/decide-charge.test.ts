import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Allowance } from '#domain/allowances';
import type { Catalog, Plan } from '#domain/catalog';
import { loadCatalog } from '#domain/catalog';
import { withScenarioTerms } from '#tests/charging';
import { testHouse } from '#tests/house';
import type { AskedItem, ChargingRequest, Operation } from './charging.ts';
import { type Charge, type ChargeFacts, decideCharge } from './decide-charge.ts';
import { PROFILES } from './profiles.ts';
import { newSession } from './read-facts.ts';

const NOW = new Date('2026-11-02T17:00:00Z');
const LINE = { slot: 5, accountId: 5n, lineId: 77n };

type State = { readonly facts: ChargeFacts; readonly charges: readonly Charge[] };
type Owned = { readonly granted: bigint | null; readonly cap: bigint | null };

function allowance(allowanceId: bigint, { granted, cap }: Owned): Allowance {
  return {
    ...{ ...LINE, allowanceId, orderId: 1n, itemNo: 0, partNo: 0, productCode: 'small', productVersion: 1, market: 'US' },
    ...{ service: 'data', zone: 'any', zeroRated: false, granted, fullSpeedCap: cap, used: 0n, reserved: 0n, forfeited: 0n, shares: null },
    ...{ validFrom: NOW, validUntil: new Date(NOW.getTime() + Number(allowanceId) * 86_400_000), starts: 'at_date' },
    ...{ withdrawnAt: null, createdAt: NOW },
  };
}

function begun(catalog: Catalog, plan: Plan, owned: readonly Owned[], moneyMinor: bigint): State {
  const account = { ...LINE, currency: 'USD', balanceMinor: moneyMinor, heldMinor: 0n, creditLimitMinor: 0n, touchedAt: NOW };
  const request = ask('begin', 0n, []);
  const market = catalog.market('US', NOW);
  assert.ok(market);
  const facts: ChargeFacts = {
    ...{ account, lineState: 'active', plan, market, isNew: false, now: NOW, transportNow: NOW, late: false, purchaseOpen: false },
    allowances: owned.map((one, index) => allowance(BigInt(index + 1), one)),
    session: newSession({ request, ...LINE, sessionId: null }, 9n, NOW),
  };
  return { facts, charges: [] };
}

function ask(operation: Operation, number: bigint, items: readonly AskedItem[]): ChargingRequest {
  return {
    ...{ peer: 'smf', profile: PROFILES.standard, reference: 'r', operation, key: `${number}`, number, contentHash: Buffer.alloc(16) },
    ...{ line: {}, kind: 'data', items },
  };
}

/** The books after one request, as the tables would be. */
function next({ facts, charges }: State, request: ChargingRequest, late = false): State {
  const charge = decideCharge(request, { ...facts, late });
  const heldBefore = facts.session.groups.reduce((sum, { heldMinor }) => sum + heldMinor, 0n);
  const heldAfter = charge.session.groups.reduce((sum, { heldMinor }) => sum + heldMinor, 0n);
  const { account } = facts;
  const allowances = facts.allowances.map((one) => {
    const change = charge.changes.find(({ allowanceId }) => allowanceId === one.allowanceId);
    return change === undefined ? one : { ...one, used: one.used + change.used, reserved: one.reserved + change.reserved };
  });
  const after = {
    ...account,
    balanceMinor: account.balanceMinor - charge.paidMinor,
    heldMinor: account.heldMinor + heldAfter - heldBefore,
  };
  assert.ok(after.heldMinor >= 0n && after.balanceMinor >= after.heldMinor, 'what is held is there (G2, L5)');
  return { facts: { ...facts, account: after, allowances, session: charge.session }, charges: [...charges, charge] };
}

const owned: fc.Arbitrary<Owned[]> = fc.array(fc.record({ granted: fc.bigInt({ min: 1n, max: 60_000_000n }), cap: fc.constant(null) }), {
  maxLength: 3,
});
const uses = fc.array(
  fc.record({ group: fc.integer({ min: 10, max: 12 }), used: fc.bigInt({ min: 0n, max: 30_000_000n }), asks: fc.boolean() }),
  {
    minLength: 1,
    maxLength: 8,
  },
);
const money = fc.bigInt({ min: 0n, max: 300n });

const item = (ratingGroup: number, used: bigint, asks: boolean): AskedItem => ({
  ...{ ratingGroup, serviceIdentifier: null, used },
  ...(asks ? { asked: null } : {}),
});

function sum<One>(all: readonly One[], of: (one: One) => bigint): bigint {
  return all.reduce((total, one) => total + of(one), 0n);
}

test('requests decided by themselves: nothing is made and nothing vanishes (G2, G3, G4, G6)', async (t) => {
  const { database } = await testHouse(t);
  const catalog = withScenarioTerms(await loadCatalog(database));
  for (const code of ['small', 'slow', 'tail']) {
    const plan = catalog.product('US', code, NOW) as Plan;
    fc.assert(
      fc.property(owned, money, uses, fc.boolean(), (all, minor, reports, late) => {
        let state = begun(catalog, plan, all, minor);
        for (const [index, { group, used, asks }] of reports.entries())
          state = next(state, ask('update', BigInt(index + 1), [item(group, used, asks)]), late && index % 3 === 2);
        state = next(state, ask('end', 99n, []));
        const { facts, charges } = state;
        assert.ok(facts.allowances.every(({ reserved }) => reserved === 0n) && facts.account.heldMinor === 0n, 'an end holds nothing');
        const records = charges.flatMap(({ items }) => items);
        const covered = sum(records, ({ from }) => sum(from, ([, quantity]) => quantity));
        const reported = sum(reports, ({ used }) => used);
        assert.equal(covered + sum(records, ({ paid, lost }) => paid + lost), reported);
        assert.equal(
          covered,
          sum(facts.allowances, ({ used }) => used),
        );
        assert.equal(
          minor - facts.account.balanceMinor,
          sum(charges, ({ paidMinor }) => paidMinor),
        );
      }),
      { numRuns: 150 },
    );
  }
});

test('any split of a use into reports takes the same of each allowance and of the money (L9)', async (t) => {
  const { database } = await testHouse(t);
  const catalog = withScenarioTerms(await loadCatalog(database));
  for (const code of ['small', 'tail', 'payg']) {
    const plan = catalog.product('US', code, NOW) as Plan;
    const taken = (all: readonly Owned[], minor: bigint, parts: readonly bigint[]) => {
      let state = next(begun(catalog, plan, all, minor), ask('begin', 0n, [{ ratingGroup: 10, serviceIdentifier: null, asked: null }]));
      for (const [index, used] of parts.entries()) state = next(state, ask('update', BigInt(index + 1), [item(10, used, true)]));
      const { facts } = next(state, ask('end', 99n, []));
      return { used: facts.allowances.map((one) => one.used), balance: facts.account.balanceMinor };
    };
    fc.assert(
      fc.property(owned, money, fc.array(fc.bigInt({ min: 0n, max: 30_000_000n }), { minLength: 2, maxLength: 8 }), (all, minor, parts) => {
        const whole = parts.reduce((total, part) => total + part, 0n);
        assert.deepEqual(taken(all, minor, parts), taken(all, minor, [whole]));
      }),
      { numRuns: 150 },
    );
  }
});

test('a session goes on while its over-run is within the limit, and past it is stopped, granted nothing and holds nothing (G6)', async (t) => {
  const { database } = await testHouse(t);
  const catalog = withScenarioTerms(await loadCatalog(database));
  const profile = { ...PROFILES.standard, overrunMax: 20_000_000n };
  let stops = 0;
  for (const code of ['small', 'slow', 'tail']) {
    const plan = catalog.product('US', code, NOW) as Plan;
    fc.assert(
      fc.property(owned, money, uses, (all, minor, reports) => {
        let state = begun(catalog, plan, all, minor);
        for (const [index, { group, used, asks }] of reports.entries()) {
          state = next(state, { ...ask('update', BigInt(index + 1), [item(group, used, asks)]), profile });
          const { facts, charges } = state;
          const { groups, endReason } = facts.session;
          const isPast = sum(groups, ({ overrun }) => overrun) > profile.overrunMax;
          assert.equal(endReason, isPast ? 'stopped' : null);
          if (!isPast) continue;
          stops += 1;
          assert.ok(facts.allowances.every(({ reserved }) => reserved === 0n) && facts.account.heldMinor === 0n, 'it holds nothing');
          assert.ok(charges.at(-1)?.answer.items.every(({ granted, result }) => granted === null && result === 'credit_limit_reached'));
          return;
        }
      }),
      { numRuns: 150 },
    );
  }
  assert.ok(stops > 0, 'it happened');
});
