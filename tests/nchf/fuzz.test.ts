/**
 * The door under requests that are nearly right: from a seed, each a good one with something in it that should not be there. It
 * answers each, says of none that it was its own fault, and the books agree afterwards. A bug put into it on purpose is found.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Random, seededRandom } from '#platform/random';
import { createSbiClient } from '#platform/sbi';
import { checkInvariants, drainOutbox } from '#tests/house';
import { type NchfScene, nchfScene } from './index.ts';

const ROUNDS = Number(process.env['EVERLINE_FUZZ_ROUNDS'] ?? 400);
const SEED = Number(process.env['EVERLINE_FUZZ_SEED'] ?? 20261121);

function goodBody(imsi: string, number: number): object {
  return {
    subscriberIdentifier: `imsi-${imsi}`,
    chargingId: number % 5,
    nfConsumerIdentification: { nodeFunctionality: 'SMF', nFFqdn: 'smf.5gc.example' },
    invocationTimeStamp: '2026-11-21T12:00:00Z',
    invocationSequenceNumber: number,
    notifyUri: 'http://127.0.0.1:1/x',
    pDUSessionChargingInformation: {
      userInformation: { servedGPSI: 'msisdn-12065550100' },
      userLocationinfo: { nrLocation: { tai: { plmnId: { mcc: '310', mnc: '260' }, tac: '1' } } },
      pduSessionInformation: { pduSessionID: 1, dnnId: 'internet' },
    },
    multipleUnitUsage: [
      {
        ...{ ratingGroup: 10, uPFID: '0d9e2c9c-9f8d-4d38-8f6a-2b5f2f3a7c22', requestedUnit: { totalVolume: 1000 } },
        usedUnitContainer: [
          {
            ...{ localSequenceNumber: 1, totalVolume: 1000, uplinkVolume: 400, downlinkVolume: 600 },
            triggers: [{ triggerType: 'TARIFF_TIME_CHANGE', triggerCategory: 'IMMEDIATE_REPORT' }],
            triggerTimestamp: '2026-11-21T12:00:00.5+01:00',
          },
        ],
      },
    ],
  };
}

const STRANGE: readonly unknown[] = [
  ...[
    null,
    true,
    -1,
    0,
    1.5,
    1e308,
    2 ** 31,
    2 ** 53,
    2 ** 63,
    2 ** 64,
    '',
    ' ',
    '\u0000',
    '\ud800',
    'x'.repeat(3_000),
    '../..',
    "' or 1=1 --",
  ],
  ...[
    [],
    {},
    [[]],
    [null],
    Array(150).fill({}),
    { toString: 1 },
    JSON.parse('{"__proto__":{"ratingGroup":1}}'),
    '2026-02-30T25:61:61Z',
    'imsi-',
    'imsi-١٢٣٤٥',
  ],
];

const UNITS = new Set(['multipleUnitUsage', 'usedUnitContainer', 'totalVolume']);
const NUMBERS = [0, -1, 1.5, 2 ** 31, 2 ** 32, 2 ** 50, 2 ** 53, 2 ** 63, 2 ** 64, 2 ** 65, 1e308];

/** One place of it is gone, strange, or there twice. */
function mutate(random: Random, value: unknown): unknown {
  const pick = <T>(all: readonly T[]): T => all[random.below(all.length)] as T;
  if (typeof value === 'number' && random.below(2) === 0) return pick(NUMBERS);
  if (typeof value !== 'object' || value === null || random.below(10) === 0) return pick(STRANGE);
  if (Array.isArray(value)) {
    if (value.length === 0 || random.below(4) === 0) return [...value, ...value, pick(STRANGE)];
    const place = random.below(value.length);
    return value.map((one, index) => (index === place ? mutate(random, one) : one));
  }
  // Most of what could go wrong lies where units are told.
  const names = Object.keys(value);
  const units = names.find((one) => UNITS.has(one));
  const name = units !== undefined && random.below(2) === 0 ? units : pick(names);
  if (random.below(5) === 0) return Object.fromEntries(Object.entries(value).filter(([one]) => one !== name));
  return { ...value, [name]: mutate(random, (value as Record<string, unknown>)[name]) };
}

/** How often each status was answered. */
async function fuzz({ door, lines }: NchfScene, seed: number, rounds: number): Promise<Map<number, number>> {
  const random = seededRandom(seed);
  const client = createSbiClient();
  const root = `http://127.0.0.1:${door.ports[0]}/nchf-convergedcharging/v3/chargingdata`;
  const headers = { 'content-type': 'application/json' };
  const statuses = new Map<number, number>();
  let location = `${root}/nobody`;
  for (let round = 0; round < rounds; round += 1) {
    let body: unknown = goodBody(lines[0]?.imsi ?? '', round);
    for (let times = random.below(3); times > 0; times -= 1) body = mutate(random, body);
    let text = JSON.stringify(body) ?? '';
    if (random.below(8) === 0) text = text.slice(0, random.below(text.length + 1));
    const url =
      [root, `${location}/update`, `${location}/update`, `${location}/release`, `${root}/%2e%2e%00/update`][random.below(5)] ?? root;
    const outcome = await client.request({ method: 'POST', url, text, headers });
    assert.equal(outcome.kind, 'answered', `round ${round} of seed ${seed}: ${text.slice(0, 500)}`);
    const { status, headers: answered } = outcome as Extract<typeof outcome, { kind: 'answered' }>;
    if (status === 201) location = String(answered.location);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  client.close();
  return statuses;
}

test('no request, however wrong, is a fault of ours, and the books agree afterwards', async (t) => {
  const scene = await nchfScene(t, { profile: 'standard', lines: [{}] });
  const statuses = await fuzz(scene, SEED, ROUNDS);
  const faults = [...statuses].filter(([status]) => status >= 500);
  assert.deepEqual(faults, [], `of seed ${SEED}`);
  for (const status of [200, 201, 204, 400, 404])
    assert.ok(statuses.has(status), `some were answered ${status}: ${JSON.stringify([...statuses])}`);
  await drainOutbox(scene.house);
  await checkInvariants(scene.house);
});

test('a bug in the door is found by it', async (t) => {
  const engine = {
    async charge(request: { items: readonly { used?: bigint }[] }) {
      assert.ok(
        request.items.every(({ used = 0n }) => used < 2n ** 40n),
        'a volume that somebody did not expect',
      );
      return { result: 'success', items: [] } as const;
    },
    close: async () => {},
  };
  const scene = await nchfScene(t, { profile: 'standard', lines: [{}], door: () => ({ engine }) });
  const statuses = await fuzz(scene, SEED, ROUNDS);
  assert.ok((statuses.get(500) ?? 0) > 0, JSON.stringify([...statuses]));
});
