import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChargingRequest } from '../charging.ts';
import { PROFILES } from '../profiles.ts';
import { countDay, countsOf } from './count-day.ts';
import { decideEmergency } from './decide-emergency.ts';
import type { EmergencyLimits, KeptDay } from './emergency.ts';

const MB = 1_000_000n;
const LIMITS: EmergencyLimits = { grant: 5n * MB, lineADay: 12n * MB, nodeADay: 30n * MB, validitySeconds: 60 };
const ITEM = { ratingGroup: 10, serviceIdentifier: null };

function request(operation: ChargingRequest['operation'], over: Partial<ChargingRequest> = {}): ChargingRequest {
  return {
    ...{ peer: 'smf.example', profile: PROFILES.standard, reference: 's', operation, key: `${operation}:0`, number: 0n },
    ...{ contentHash: Buffer.alloc(16), line: { imsi: '1' }, kind: 'data', items: [{ ...ITEM, asked: null }] },
    ...over,
  };
}

const granted = (asked: ChargingRequest, left: bigint) =>
  decideEmergency(asked, left, LIMITS)?.answer.items.map((item) => item.granted ?? item.result);

test('a small quota for a short while, shared by the rating groups that ask', () => {
  const given = decideEmergency(request('begin'), 100n * MB, LIMITS);
  assert.deepEqual(given?.answer.items, [
    {
      ...{ ...ITEM, result: 'success', granted: 5n * MB, validitySeconds: 60 },
      ...{ threshold: null, tariffChangeAt: null, final: false, speed: 'full' },
    },
  ]);
  const two = request('update', {
    items: [
      { ...ITEM, asked: null, used: 3n },
      { ...ITEM, ratingGroup: 20, asked: null },
    ],
  });
  assert.deepEqual(granted(two, 8n * MB), [4n * MB, 4n * MB]);
});

test('with nothing left a session is not begun; one that goes on is heard, and given nothing', () => {
  assert.equal(granted(request('begin'), 0n), undefined);
  assert.deepEqual(granted(request('update'), 1_000n), ['credit_limit_reached'], 'less than a peer may be given is nothing');
  assert.deepEqual(granted(request('end', { items: [{ ...ITEM, used: 7n }] }), 0n), ['success']);
});

test('calls, messages, events and refunds wait for the books', () => {
  for (const other of [request('begin', { kind: 'voice' }), request('begin', { kind: 'message' }), request('event'), request('refund')])
    assert.equal(decideEmergency(other, 100n * MB, LIMITS), undefined);
});

test('a line and a node have their caps each day, and a restart does not forget them', () => {
  const count = countDay(LIMITS, []);
  count.add('2026-11-21', 'a', 10n * MB);
  assert.equal(count.left('2026-11-21', 'a'), 2n * MB);
  count.add('2026-11-21', 'b', 12n * MB);
  assert.equal(count.left('2026-11-21', 'c'), 8n * MB, 'what is left to the node is left to all');
  const again = countDay(
    LIMITS,
    countsOf([JSON.parse(JSON.stringify(count.keep(), bigints), unBigints) as KeptDay], () => ''),
  );
  assert.equal(again.left('2026-11-21', 'a'), 2n * MB);
  assert.equal(again.left('2026-11-22', 'a'), 12n * MB, 'another day');
  assert.equal(again.left('2026-11-21', 'a'), 12n * MB, 'a clock that is set back begins no third day');
});

const bigints = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);
const unBigints = (_: string, value: unknown) => (typeof value === 'string' && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value);
