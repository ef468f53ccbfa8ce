import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type GrantTariff, type ReportedUnits, splitAtTariffChange } from './split-at-tariff-change.ts';

const evening: GrantTariff = { tariff: null, next: { tariff: 'off_peak' } };

const cases: [rule: string, grant: GrantTariff, reported: ReportedUnits[], expected: [tariff: string | null, units: bigint][]][] = [
  ['a grant that spans no change is charged at its own tariff', { tariff: 'off_peak' }, [{ units: 5n }], [['off_peak', 5n]]],
  [
    'units on both sides are charged each at its own',
    evening,
    [
      { units: 3n, side: 'before' },
      { units: 4n, side: 'after' },
    ],
    [
      [null, 3n],
      ['off_peak', 4n],
    ],
  ],
  [
    'whatever the order they come in',
    evening,
    [
      { units: 4n, side: 'after' },
      { units: 3n, side: 'before' },
    ],
    [
      [null, 3n],
      ['off_peak', 4n],
    ],
  ],
  ['units without a side are charged at the tariff of the grant', evening, [{ units: 9n }], [[null, 9n]]],
  [
    'a block that straddles the change too, with what was before',
    evening,
    [
      { units: 3n, side: 'before' },
      { units: 1n, side: 'indeterminate' },
      { units: 4n, side: 'after' },
    ],
    [
      [null, 4n],
      ['off_peak', 4n],
    ],
  ],
  ['after a change that nobody announced there is none', { tariff: null }, [{ units: 4n, side: 'after' }], [[null, 4n]]],
  ['all of it may be after', evening, [{ units: 4n, side: 'after' }], [['off_peak', 4n]]],
  [
    'a change to the same tariff is none',
    { tariff: 'off_peak', next: { tariff: 'off_peak' } },
    [
      { units: 1n, side: 'before' },
      { units: 2n, side: 'after' },
    ],
    [['off_peak', 3n]],
  ],
  ['nothing used is nothing', evening, [{ units: 0n, side: 'before' }], []],
];
for (const [rule, grant, reported, expected] of cases) {
  test(`${rule} [LIFE-4]`, () =>
    assert.deepEqual(
      splitAtTariffChange(grant, reported).map(({ tariff, units }) => [tariff, units]),
      expected,
    ));
}

test('no unit is lost or added at a tariff change (G3)', () => {
  const reported = fc.array(
    fc.record({ units: fc.bigInt(0n, 2n ** 64n), side: fc.constantFrom('before' as const, 'after' as const, 'indeterminate' as const) }),
  );
  const total = (parts: readonly { units: bigint }[]) => parts.reduce((sum, { units }) => sum + units, 0n);
  fc.assert(fc.property(reported, (units) => assert.equal(total(splitAtTariffChange(evening, units)), total(units))));
});
