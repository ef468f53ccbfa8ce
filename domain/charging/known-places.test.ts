import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChargingRequest } from './charging.ts';
import { createKnownPlaces } from './known-places.ts';
import { PROFILES } from './profiles.ts';

const NAME = { peer: 'smf.example', reference: 'smf;1' };
const PLACE = { slot: 5, accountId: 5n, lineId: 1029n, sessionId: 2053n };

function request(operation: ChargingRequest['operation'], over: Partial<ChargingRequest> = {}): ChargingRequest {
  const line = { imsi: '310260000000001' };
  return {
    ...{ ...NAME, profile: PROFILES.standard, operation, key: `${operation}:0`, number: 0n, contentHash: Buffer.alloc(16), line },
    ...{ kind: 'data', items: [], ...over },
  };
}

test('a session that this node has begun is known to whoever begins it again, and to nobody else (G1)', () => {
  const places = createKnownPlaces();
  assert.equal(places.of(request('begin')), undefined);
  places.keep(NAME, PLACE);
  for (const operation of ['begin', 'update', 'end'] as const)
    assert.deepEqual({ ...places.of(request(operation)), request: undefined }, { ...PLACE, request: undefined });
  assert.equal(places.of(request('begin', { reference: 'smf;2' })), undefined);
});

test('an event is placed by its line, whatever session its name is of', () => {
  const places = createKnownPlaces();
  places.keep(NAME, PLACE);
  assert.equal(places.of(request('event')), undefined);
});
