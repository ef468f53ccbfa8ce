/**
 * Requests of Sy that are nearly right, at the real door over real sockets, with a line and a database behind it: each whole one is
 * answered, in order and definitely, nothing falls over, and the watch of somebody else stands. EVERLINE_FUZZ_CASES and
 * EVERLINE_FUZZ_SEED make it longer, and other.
 */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { APPLICATION, type Avps, avp, checkMessage, Message, RESULT, valuesOf } from '#channels/diameter';
import { changeWatch, endWatch, openWatch, type WatchRequest } from '#domain/policy';
import { createLog } from '#platform/log';
import { seededRandom } from '#platform/random';
import { capabilities, connectRaw, mutate, OCS, openServer, PCRF, REALM, SY, samplePeer, sampleRequest } from '#tests/diameter';
import { activeLine, stateOf, testHouse } from '#tests/house';
import { createSy, type SyOptions } from './index.ts';

const CASES = Math.ceil(Number(process.env['EVERLINE_FUZZ_CASES'] ?? 20_000) / 100);
const SEED = Number(process.env['EVERLINE_FUZZ_SEED'] ?? 29_219);

async function scene(t: TestContext) {
  const house = await testHouse(t);
  const { tools, catalog } = house;
  const { number } = (await stateOf(house, await activeLine(house))).line;
  const uses: Pick<SyOptions, 'open' | 'change' | 'end'> = {
    open: (request) => openWatch(tools, catalog, request),
    change: (request) => changeWatch(tools, catalog, request),
    end: (name) => endWatch(tools, name),
  };
  return { number, uses };
}

/** What is made wrong: each kind of request that there is. */
function realRequests(number: string): readonly Buffer[] {
  const head = (session: string): Avps => [
    avp('Session-Id', `${PCRF};${session}`),
    avp('Auth-Application-Id', APPLICATION.SY),
    avp('Origin-Host', PCRF),
    avp('Origin-Realm', REALM),
    avp('Destination-Realm', REALM),
  ];
  const whose = avp('Subscription-Id', [
    avp('Subscription-Id-Type', valuesOf('Subscription-Id-Type').END_USER_E164),
    avp('Subscription-Id-Data', number.slice(1)),
  ]);
  const limit = (session: string, type: number, ...more: Avps) =>
    sampleRequest('Spending-Limit', [...head(session), avp('SL-Request-Type', type), ...more]);
  const end = [...head('1'), avp('Termination-Cause', valuesOf('Termination-Cause').LOGOUT)];
  return [
    limit('1', 0, whose),
    limit('2', 0, whose, avp('Policy-Counter-Identifier', 'data')),
    limit('1', 1, avp('Policy-Counter-Identifier', 'data')),
    sampleRequest('Session-Termination', end),
  ];
}

/** Throws with the seed and the message when a rule is broken. */
async function fuzz(t: TestContext, uses: Pick<SyOptions, 'open' | 'change' | 'end'>, requests: readonly Buffer[]): Promise<void> {
  const sy = createSy({ ...uses, log: createLog(2, 'silent') });
  const { port, server } = await openServer(t, {
    peers: () => [samplePeer(PCRF)],
    applications: [SY],
    onRequest: sy.application.onRequest,
  });
  const random = seededRandom(SEED);
  const agreeing = sampleRequest('Capabilities-Exchange', capabilities(PCRF, [avp('Auth-Application-Id', APPLICATION.SY)]), 1);
  for (let each = 0; each < CASES; each += 1) {
    const octets = mutate(requests[random.below(requests.length)] ?? agreeing, random, requests);
    const peer = await connectRaw(port);
    peer.send(agreeing);
    assert.equal((await peer.next()).get('Result-Code'), RESULT.SUCCESS);
    peer.send(octets);
    const why = `case ${each} of seed ${SEED}: ${octets.toString('hex')}`;
    if (isWholeRequest(octets)) {
      const answer = await peer.next();
      assert.notEqual(answer.get('Result-Code'), RESULT.TOO_BUSY, why);
      assert.notEqual(answer.get('Result-Code'), RESULT.UNABLE_TO_COMPLY, why);
      if (!answer.isError) assert.equal(checkMessage(answer), undefined, why);
      assert.equal(answer.get('Origin-Host'), OCS, why);
    }
    peer.socket.destroy();
    // The last connection must be gone before its peer comes again.
    while (server.connections().length > 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** One message of the application, whole, that asks for an answer. */
function isWholeRequest(octets: Buffer): boolean {
  if (octets.length < 20 || octets[0] !== 1 || octets.readUIntBE(1, 3) !== octets.length || octets.length % 4 !== 0) return false;
  const { isRequest, application } = new Message(octets);
  return isRequest && application === APPLICATION.SY;
}

test('whatever is done to a request of Sy, it is answered definitely, and somebody else’s watch stands', async (t) => {
  const { number, uses } = await scene(t);
  const own: WatchRequest = { ...ofAnother, number };
  await uses.open(own);
  await fuzz(t, uses, realRequests(number));
  assert.equal(await uses.end(own), 'success');
});

const ofAnother: Omit<WatchRequest, 'number'> = {
  ...{ door: 'sy', peer: 'another.example.com', reference: `${PCRF};1`, realm: null, notify: null, notifyId: null },
  ...{ imsi: null, counters: null, endsAt: null, originStateId: 0 },
};

test('canary: a door that falls over for one kind of request is found', async (t) => {
  const { number, uses } = await scene(t);
  // As if what is asked were always of the form that real peers give it.
  const expect = ({ reference, number: asked }: { readonly reference: string; readonly number?: string | null }) => {
    if (!/;[12]$/.test(reference) || (asked !== undefined && asked !== null && asked !== number)) throw new Error('nobody expected this');
  };
  const frail: typeof uses = {
    open: (request) => {
      expect(request);
      return uses.open(request);
    },
    change: (request) => {
      expect(request);
      return uses.change(request);
    },
    end: (name) => {
      expect(name);
      return uses.end(name);
    },
  };
  await assert.rejects(fuzz(t, frail, realRequests(number)), /case \d+ of seed/);
});
