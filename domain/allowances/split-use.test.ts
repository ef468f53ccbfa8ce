import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleAllowance, plainContext, throttlingContext } from './example-allowances.ts';
import { orderOfUse } from './order-of-use.ts';
import { splitUse } from './split-use.ts';

test('a use runs over from one allowance into the next, and what nobody covers is told', () => {
  const ordered = orderOfUse([exampleAllowance({ allowanceId: 1n }), exampleAllowance({ allowanceId: 2n, granted: 300n })], plainContext);
  assert.deepEqual(splitUse(ordered, 1500n), {
    pairs: [
      { allowanceId: 1n, quantity: 1000n },
      { allowanceId: 2n, quantity: 300n },
    ],
    fullSpeed: 1300n,
    throttled: 0n,
    uncovered: 200n,
  });
});

test('an allowance that is used at both speeds is one pair', () => {
  const ordered = orderOfUse([exampleAllowance({ granted: null, fullSpeedCap: 500n })], throttlingContext);
  assert.deepEqual(splitUse(ordered, 800n), {
    pairs: [{ allowanceId: 1n, quantity: 800n }],
    fullSpeed: 500n,
    throttled: 300n,
    uncovered: 0n,
  });
});

test('an exact fit leaves nothing uncovered and touches no further allowance', () => {
  const ordered = orderOfUse([exampleAllowance({ allowanceId: 1n }), exampleAllowance({ allowanceId: 2n })], plainContext);
  assert.deepEqual(splitUse(ordered, 1000n).pairs, [{ allowanceId: 1n, quantity: 1000n }]);
});

test('a use of nothing takes nothing', () => {
  assert.deepEqual(splitUse(orderOfUse([exampleAllowance()], plainContext), 0n), {
    pairs: [],
    fullSpeed: 0n,
    throttled: 0n,
    uncovered: 0n,
  });
});

test('a negative use is a fault', () => {
  assert.throws(() => splitUse([], -1n), /never negative/);
});
