/** Every door for a short while; longer by `node tests/fuzz/main.ts --minutes N`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChargingEngine } from '#domain/charging';
import { parseStatement } from '#platform/database';
import type { TestHouse } from '#tests/house';
import { DOORS } from './doors.ts';
import { gyDoor } from './gy-door.ts';
import { runFuzz } from './run-fuzz.ts';

const CASES = Number(process.env['EVERLINE_FUZZ_DOOR_CASES'] ?? 400);
const SEED = Number(process.env['EVERLINE_FUZZ_SEED'] ?? 6733);

for (const door of DOORS)
  test(`whatever comes to the door ${door.name} is answered in its own words, nothing breaks, and the books agree`, async () => {
    assert.equal(await runFuzz(door, SEED, { cases: CASES }), CASES);
  });

test('canary: an engine that asserts on what a peer reports is found', async () => {
  const asserting = (engine: ChargingEngine): ChargingEngine => ({
    ...engine,
    charge(request) {
      if (request.items.some(({ used = 0n }) => used > 2n ** 60n)) throw new Error('nobody uses so much');
      return engine.charge(request);
    },
  });
  await assert.rejects(runFuzz(gyDoor(asserting), SEED, { cases: CASES }), /door gy, seed \d+, case \d+: .*a fault of ours/);
});

test('canary: an engine that forgets an octet is found', async () => {
  const forget = parseStatement('test.forget', 'update allowances.allowance set used = used - 1, charged = charged - 1 where charged > 0');
  const forgetting = (engine: ChargingEngine, { tools }: TestHouse): ChargingEngine => ({
    ...engine,
    async charge(request) {
      const answer = await engine.charge(request);
      if (request.operation === 'end' && answer.result === 'success') await tools.database.query(forget, {});
      return answer;
    },
  });
  await assert.rejects(runFuzz(gyDoor(forgetting), SEED, { cases: CASES }), /the books agree/);
});
