import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PROFILES } from './profiles.ts';
import { paceAfter, sizeQuota } from './size-quota.ts';

const profile = PROFILES.standard;
const limits = profile.data;
const big = (max: bigint) => fc.bigInt({ min: 1n, max });

test('a quota is never nothing, never more than is left, and within the limits of its peer (G2)', () => {
  fc.assert(
    fc.property(
      fc.option(big(10n ** 13n)),
      fc.integer({ min: 0, max: 10 ** 10 }),
      fc.option(fc.integer({ min: 1, max: 10_000 })),
      fc.boolean(),
      (left, rate, speedKbps, shared) => {
        const { units } = sizeQuota({ profile, limits, ratePerSecond: rate, left, speedKbps, paceSeconds: 3600, shared });
        assert.ok(units > 0n && units <= limits.ceiling);
        assert.ok(left === null || units <= left);
        assert.ok(units >= limits.floor || units === left, 'a peer that asks for each packet is nobody’s gain');
      },
    ),
  );
});

test('smaller and smaller towards the end, so that little is held when another session comes', () => {
  let left = 40_000_000n;
  let last = left;
  let asked = 0;
  while (left > 0n) {
    const { units } = sizeQuota({ profile, limits, ratePerSecond: 0, left, speedKbps: null, paceSeconds: 0, shared: false });
    assert.ok(units <= last);
    last = units;
    left -= units;
    asked += 1;
  }
  assert.ok(asked < 15, `it takes ${asked} quotas`);
});

test('after a long silence a burst finds its pace within a few reports, however quickly they follow', () => {
  const octetsPerSecond = 10_000_000;
  let rate = paceAfter(0, 3_000_000n, 90_000);
  let reports = 0;
  for (let seconds = 0; seconds < 5; reports += 1) {
    const { units } = sizeQuota({ profile, limits, ratePerSecond: rate, left: null, speedKbps: null, paceSeconds: 0, shared: false });
    const lasted = Number(units) / octetsPerSecond;
    seconds += lasted;
    rate = paceAfter(rate, units, lasted);
  }
  assert.ok(reports < 10, `${reports} reports in five seconds`);
});
