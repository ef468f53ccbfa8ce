import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChargingAnswer, RecordedItem } from './charging.ts';
import { decodeAnswer, decodeItems, encodeAnswer, encodeItems } from './record-text.ts';

const BIG = (1n << 50n) + 1n;
const plain: RecordedItem = {
  ...{ ratingGroup: 10, service: 'data', zone: 'home', asked: null, used: 0n, from: [] },
  ...{ free: 0n, paid: 0n, paidMinor: 0n, lost: 0n, granted: null, why: null },
};
const rich: RecordedItem = {
  ...{
    ratingGroup: null,
    service: 'voice_abroad',
    zone: 'zone-2',
    asked: BIG,
    used: BIG,
    from: [[BIG << 10n, 7n] as const, [1n, BIG] as const],
  },
  ...{ free: 1n, paid: 2n, paidMinor: 3n, lost: 4n, lostMinor: 5n, rates: ['payg@1/data/any/night'], granted: 6n, why: 'near_end' },
};

test('what was recorded and answered is read back as it was written, to the last octet [SEE-2]', () => {
  const answer: ChargingAnswer = {
    result: 'success',
    items: [
      {
        ...{ ratingGroup: 10, serviceIdentifier: 3, result: 'credit_limit_reached', granted: BIG, validitySeconds: 60, threshold: 1n },
        ...{ tariffChangeAt: new Date('2026-11-21T12:00:00.123Z'), final: true, speed: 'throttled' },
      },
      {
        ...{ ratingGroup: null, serviceIdentifier: null, result: 'success', granted: null, validitySeconds: null, threshold: null },
        ...{ tariffChangeAt: null, final: false, speed: 'full' },
      },
    ],
  };
  assert.deepEqual(decodeItems(JSON.parse(encodeItems([plain, rich, { ...rich, used: -BIG }]))), [plain, rich, { ...rich, used: -BIG }]);
  assert.deepEqual(decodeAnswer(JSON.parse(encodeAnswer(answer))), answer);
  const event = { ...answer, refundInformation: '1/2/"3' };
  assert.deepEqual(decodeAnswer(JSON.parse(encodeAnswer(event))), event);
});
