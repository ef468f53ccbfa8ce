import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { UsableAllowance } from '#domain/allowances';
import { type AccountFacts, createKnownAccounts } from './known-accounts.ts';
import type { Session, SessionGroup } from './session.ts';

const at = new Date('2026-11-21T12:00:00Z');
const accountId = 5n;

/** Of so many things, told apart by what changes of them. */
function facts(
  version: bigint,
  sessionIds: readonly number[],
  groupCounts: readonly number[],
  allowanceIds: readonly number[],
): AccountFacts {
  const group = (ratingGroup: number): SessionGroup => ({
    ...{ ratingGroup, serviceIdentifier: null, service: 'data', zone: 'home', held: [[1n, version]], granted: version, tariff: null },
    ...{ tariffNext: undefined, ratePerSecond: 0, reportedMs: Number(version), heldMinor: 0n, holds: 0, overrun: 0n, tallies: [] },
  });
  const session = (id: number, index: number): Session => ({
    ...{ slot: 5, accountId, sessionId: BigInt(id), lineId: 7n, beganOn: '2026-11-21', peer: 'smf.example', reference: `smf;${id}` },
    ...{ notify: null, kind: 'data', visitedNetwork: null, destination: null, state: 'open', lastNumber: version, step: Number(version) },
    groups: Array.from({ length: groupCounts[index] ?? 0 }, (_, ratingGroup) => group(ratingGroup)),
    ...{ beganAt: at, lastAt: new Date(Number(version)), checkAt: at, endedAt: null, endReason: null },
  });
  const allowance = (id: number): UsableAllowance => ({
    ...{ allowanceId: BigInt(id), lineId: null, service: 'data', zone: 'home', zeroRated: false, granted: 1000n, fullSpeedCap: null },
    ...{ used: version, reserved: 0n, forfeited: 0n, shares: null, validFrom: at, validUntil: at, withdrawnAt: null, createdAt: at },
  });
  return {
    version,
    account: { slot: 5, accountId, currency: 'USD', balanceMinor: version, heldMinor: 0n, creditLimitMinor: 0n, touchedAt: at },
    lines: [],
    sessions: sessionIds.map(session),
    allowances: allowanceIds.map(allowance),
  };
}

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 3 });

test('what is known of an account is what was kept last, whatever sessions, groups and allowances come and go', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(ids, fc.array(fc.integer({ min: 0, max: 3 })), ids), { minLength: 1, maxLength: 12 }), (steps) => {
      const known = createKnownAccounts();
      for (const [index, [sessionIds, groupCounts, allowanceIds]] of steps.entries()) {
        known.keep(facts(BigInt(index), sessionIds, groupCounts, allowanceIds));
        assert.deepEqual(known.of(accountId), facts(BigInt(index), sessionIds, groupCounts, allowanceIds));
      }
    }),
  );
});

test('what is older than what is known is not kept; of one version the sessions of both are', () => {
  const known = createKnownAccounts();
  known.keep(facts(2n, [1], [1], [1]));
  known.keep(facts(1n, [2], [1], [2]));
  assert.deepEqual(known.of(accountId), facts(2n, [1], [1], [1]));
  known.keep(facts(2n, [2], [1], [1]));
  assert.deepEqual(
    known.of(accountId)?.sessions.map(({ sessionId }) => sessionId),
    [1n, 2n],
  );
  known.forget(accountId);
  assert.equal(known.of(accountId), undefined);
});

test('of more accounts than there is room for, those that came first are forgotten first', () => {
  const known = createKnownAccounts(2);
  for (const id of [1n, 2n, 1n, 3n]) {
    const one = facts(1n, [], [], []);
    known.keep({ ...one, account: { ...one.account, accountId: id } });
  }
  assert.deepEqual(
    [1n, 2n, 3n].map((id) => known.of(id) !== undefined),
    [false, true, true],
  );
});
