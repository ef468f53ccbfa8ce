import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taxRegionOf } from './find-tax-region.ts';
import { sampleMarket, sampleRegion } from './sample-market.ts';

const market = sampleMarket({
  taxRegionDefault: 'OTHER',
  taxRegions: [
    sampleRegion('SEATTLE', [], [{ from: '98101', to: '98199' }]),
    sampleRegion('WA', [], [{ from: '980', to: '994' }]),
    sampleRegion(
      'NY',
      [],
      [
        { from: '005', to: '005' },
        { from: '100', to: '149' },
      ],
    ),
    sampleRegion('LONDON', [], [{ from: 'EC1A', to: 'EC4Y' }]),
    sampleRegion('OTHER', []),
  ],
});

const cases: [postcode: string | null, region: string][] = [
  ['98101', 'SEATTLE'],
  ['98199-1234', 'SEATTLE'],
  ['98201', 'WA'],
  ['99403', 'WA'],
  ['99501', 'OTHER'],
  ['00501', 'NY'],
  ['10001', 'NY'],
  ['14999', 'NY'],
  ['15000', 'OTHER'],
  ['ec2m 1aa', 'LONDON'],
  ['９８１０１', 'SEATTLE'],
  ['98', 'OTHER'],
  ['', 'OTHER'],
  ['not a postcode', 'OTHER'],
  [null, 'OTHER'],
];
for (const [postcode, region] of cases) {
  test(`postcode ${postcode ?? '(unknown)'} is taxed as ${region}, the first region that holds it`, () => {
    assert.equal(taxRegionOf(market, postcode).code, region);
  });
}

test('a market without its default region is a fault', () => {
  assert.throws(() => taxRegionOf({ ...market, taxRegionDefault: 'GONE' }, null), /default tax region/);
});
