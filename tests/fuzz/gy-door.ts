/**
 * The Gy door with the engine and PostgreSQL behind it: real requests of a line that is there, made wrong or put out of order. Each is
 * answered in order or its connection ends, nothing is a fault of ours, and the books agree.
 */
import assert from 'node:assert/strict';
import { avp, checkMessage, Message, RESULT, valuesOf } from '#channels/diameter';
import { openGy } from '#channels/gy';
import { type ChargingEngine, createChargingEngine, enquireCharge, reconcileChargingOfAll } from '#domain/charging';
import { linkSim, stockSim } from '#domain/sims';
import { createLog } from '#platform/log';
import type { Random } from '#platform/random';
import {
  callInitial,
  capabilities,
  connectRaw,
  gatewayUpdate,
  messageEvent,
  mutate,
  OCS,
  open5gsInitial,
  type RawPeer,
  REALM,
  SMF,
  sampleRequest,
} from '#tests/diameter';
import { activeLine, allowed, type TestHouse, testHouse } from '#tests/house';
import type { FuzzContext, FuzzDoor, FuzzTarget } from './fuzz-door.ts';

const { UPDATE_REQUEST, TERMINATION_REQUEST } = valuesOf('CC-Request-Type');
const ANSWER_MS_MAX = 8_000;
const EDGES = [0n, 1n, 2n ** 31n, 2n ** 32n, 2n ** 50n, 2n ** 63n, 2n ** 64n - 1n];

/** What breaks it on purpose, for a canary. */
type Wrap = (engine: ChargingEngine, house: TestHouse) => ChargingEngine;

export function gyDoor(wrap: Wrap = (engine) => engine): FuzzDoor {
  return { name: 'gy', open: (context) => openTarget(context, wrap) };
}

async function openTarget(context: FuzzContext, wrap: Wrap): Promise<FuzzTarget> {
  const house = await testHouse(context);
  const { tools, catalog, clock } = house;
  const line = await activeLine(house, { number: '+12065550142' });
  await tools.database.transaction(async (tx) => {
    allowed(await stockSim(tx, { iccid: '8901260000000000014', imsi: '999700000000001', activationCode: 'F1' }));
    await linkSim(tx, { ...line, iccid: '8901260000000000014', at: clock.business() });
  });
  const faults: unknown[] = [];
  const engine = wrap(
    createChargingEngine(tools, async () => catalog, { error: (facts: unknown) => faults.push(facts) }),
    house,
  );
  const peer = {
    originHost: SMF,
    profile: 'standard',
    addresses: ['127.0.0.1'],
    needsTls: false,
    carriesOthers: false,
    requestsMax: 100,
  } as const;
  const door = await openGy({
    listen: [{ host: '127.0.0.1', port: 0 }],
    ...{ originHost: OCS, originRealm: REALM, originStateId: 1 },
    ...{ peers: () => [peer], engine, clock, log: createLog(2, 'silent') },
    enquire: (request) => enquireCharge(tools, catalog, request),
  });
  context.after(() => door.close().then(() => engine.close()));
  const port = door.ports[0] ?? 0;
  return {
    async attempt(random) {
      const octets = requestFrom(random);
      const connection = await connectRaw(port);
      connection.send(sampleRequest('Capabilities-Exchange', capabilities(), 1), octets);
      const sent = octets.toString('hex');
      const answers = await answersTo(octets, connection, sent);
      for (const answer of answers) {
        assert.ok(
          answer.isError || checkMessage(answer) === undefined,
          `${sent} is answered out of order: ${answer.octets.toString('hex')}`,
        );
        assert.notEqual(answer.get('Result-Code'), RESULT.UNABLE_TO_COMPLY, `${sent} is a fault of ours`);
      }
      assert.deepEqual(faults, [], sent);
      // The last connection must be gone before its peer comes again.
      while (door.server.connections().length > 0) await new Promise((resolve) => setImmediate(resolve));
    },
    async check() {
      assert.deepEqual(await reconcileChargingOfAll(tools.database), [], 'G2, G3: the books agree');
    },
  };
}

/** Until what must be answered is, or the connection has ended. */
async function answersTo(octets: Buffer, connection: RawPeer, sent: string): Promise<Message[]> {
  const answers: Message[] = [];
  const isWhole = isWholeRequest(octets);
  const late = setTimeout(() => connection.socket.destroy(), ANSWER_MS_MAX);
  if (!isWhole) connection.socket.end();
  for (let isOver = false; !isOver; ) {
    const message = await connection.next().catch(() => undefined);
    if (message !== undefined && !message.isRequest) answers.push(message);
    isOver = message === undefined || (isWhole && message.hopByHop === octets.readUInt32BE(12));
  }
  clearTimeout(late);
  connection.socket.end();
  await connection.closed();
  if (isWhole)
    assert.ok(
      answers.some(({ hopByHop }) => hopByHop === octets.readUInt32BE(12)),
      `${sent} is not answered`,
    );
  return answers;
}

/** One message, whole, that asks for an answer; a Disconnect-Peer may lose its to the end of the connection. */
function isWholeRequest(octets: Buffer): boolean {
  if (octets.length < 20 || octets[0] !== 1 || octets.readUIntBE(1, 3) !== octets.length || octets.length % 4 !== 0) return false;
  const message = new Message(octets);
  return message.isRequest && message.command !== 282;
}

/** Half of them whole, of a few sessions in any order with uses at every edge; the others made wrong. */
function requestFrom(random: Random): Buffer {
  const session = `${SMF};1;${random.below(40)};app_gy`;
  const edge = EDGES[random.below(EDGES.length)] ?? 0n;
  const use = avp('Multiple-Services-Credit-Control', [
    random.below(2) === 0 ? avp('Requested-Service-Unit', []) : undefined,
    avp('Used-Service-Unit', [avp('CC-Total-Octets', edge)]),
    random.below(3) === 0 ? undefined : avp('Rating-Group', [10, 20, 30, 40, 90, 4_294_967_295][random.below(6)] ?? 10),
  ]);
  const type = random.below(4) === 0 ? TERMINATION_REQUEST : UPDATE_REQUEST;
  const going = [
    ...open5gsInitial(session).filter((one) => !isAbout(one, ['CC-Request-Type', 'CC-Request-Number', 'Multiple-Services-Credit-Control'])),
    avp('CC-Request-Type', type),
    avp('CC-Request-Number', random.below(10) === 0 ? 4_294_967_295 : random.below(6)),
    use,
  ];
  const all = [going, open5gsInitial(session), gatewayUpdate(), messageEvent(), callInitial()].map((avps) =>
    sampleRequest('Credit-Control', avps, 2),
  );
  const chosen = random.below(2) === 0 ? all[0] : all[random.below(all.length)];
  const octets = chosen ?? Buffer.alloc(20);
  return random.below(2) === 0 ? octets : mutate(octets, random, all);
}

type SampleAvp = ReturnType<typeof open5gsInitial>[number];

function isAbout(one: SampleAvp, names: readonly Parameters<typeof avp>[0][]): boolean {
  if (one === undefined) return false;
  const message = new Message(sampleRequest('Credit-Control', [one]));
  return names.some((name) => message.has(name));
}
