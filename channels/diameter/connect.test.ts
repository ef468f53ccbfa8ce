/** Both sides of the house against each other: the initiator is what the packet-core simulator dials with. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { ManualClock } from '#platform/clock';
import { GY, makeCertificate, OCS, open5gsInitial, openServer, quietLog, REALM, SESSION_ID, SMF, samplePeer } from '#tests/diameter';
import {
  type Avps,
  avp,
  type ConnectOptions,
  connectDiameter,
  type Message,
  type PeerConnection,
  RESULT,
  SY_ERROR_UNKNOWN_POLICY_COUNTERS,
  VENDOR_3GPP,
} from './index.ts';

async function dial(t: TestContext, port: number, options: Partial<ConnectOptions> = {}): Promise<PeerConnection> {
  const connection = await connectDiameter({
    host: '127.0.0.1',
    port,
    identity: { originHost: SMF, originRealm: REALM, productName: 'sample', vendorId: 0, originStateId: 1 },
    applications: [{ ...GY, takes: ['Re-Auth', 'Abort-Session'] }],
    onRequest: () => ({ resultCode: RESULT.SUCCESS }),
    log: quietLog,
    clock: new ManualClock('2026-11-02T17:00:00Z'),
    ...options,
    timers: { tickMs: 5, ...options.timers },
  });
  t.after(() => connection.drop());
  return connection;
}

/** Without the AVPs that a connection adds by itself. */
const body = (): Avps =>
  open5gsInitial().filter((each) => !(each && 'definition' in each && /^Origin-(Host|Realm)$/.test(each.definition.name)));

const reAuth = (originHost: string): Avps => [
  avp('Session-Id', SESSION_ID),
  avp('Destination-Realm', REALM),
  avp('Destination-Host', originHost),
  avp('Auth-Application-Id', 4),
  avp('Re-Auth-Request-Type', 0),
];

test('a request and its answer go both ways over one connection', async (t) => {
  const asked: (string | undefined)[] = [];
  const { server, port } = await openServer(t);
  const smf = await dial(t, port, {
    originHost: OCS,
    onRequest: (request) => {
      asked.push(request.get('Session-Id'), request.get('Origin-Host'));
      return { resultCode: RESULT.LIMITED_SUCCESS };
    },
  });
  const ccr = await smf.request('Credit-Control', body());
  assert.equal(ccr.kind === 'answered' && ccr.answer.get('Result-Code'), RESULT.SUCCESS);
  const rar = await server.request(SMF, 'Re-Auth', reAuth(SMF));
  assert.equal(rar.kind === 'answered' && rar.answer.get('Result-Code'), RESULT.LIMITED_SUCCESS);
  assert.deepEqual(asked, [SESSION_ID, OCS]);
});

test('requests by the hundred are told apart by their identifiers, whatever the order of their answers', async (t) => {
  const waiting: (() => void)[] = [];
  const { port } = await openServer(t, {
    onRequest: (request) =>
      new Promise((resolve) =>
        waiting.push(() =>
          resolve({
            resultCode: RESULT.SUCCESS,
            avps: [avp('Auth-Application-Id', 4), avp('CC-Request-Type', 1), avp('CC-Request-Number', Number(request.get('Session-Id')))],
          }),
        ),
      ),
    peers: () => [samplePeer(SMF, { requestsMax: 1_000 })],
  });
  const smf = await dial(t, port);
  const outcomes = Array.from({ length: 300 }, (_, place) =>
    smf.request('Credit-Control', [avp('Session-Id', `${place}`), ...body().slice(1)]),
  );
  while (waiting.length < 300) await new Promise((resolve) => setImmediate(resolve));
  for (const answer of waiting.reverse()) answer();
  const numbers = (await Promise.all(outcomes)).map((outcome) => outcome.kind === 'answered' && outcome.answer.get('CC-Request-Number'));
  assert.deepEqual(
    numbers,
    Array.from({ length: 300 }, (_, place) => place),
  );
});

test('a result of a vendor is told as Experimental-Result, in place of Result-Code', async (t) => {
  const { server, port } = await openServer(t, {
    onRequest: () => ({
      resultCode: { vendor: VENDOR_3GPP, code: SY_ERROR_UNKNOWN_POLICY_COUNTERS },
      avps: [avp('Auth-Application-Id', 16_777_302)],
    }),
  });
  const pcrf = await dial(t, port, { applications: [{ id: 16_777_302, vendor: VENDOR_3GPP, takes: ['Spending-Status-Notification'] }] });
  const outcome = await pcrf.request('Spending-Limit', [
    avp('Session-Id', 's;1'),
    avp('Auth-Application-Id', 16_777_302),
    avp('Destination-Realm', REALM),
    avp('SL-Request-Type', 0),
  ]);
  const answer = outcome.kind === 'answered' ? outcome.answer : assert.fail(outcome.kind);
  assert.deepEqual([answer.has('Result-Code'), answer.get('Experimental-Result')?.get('Experimental-Result-Code')], [false, 5570]);
  assert.equal(server.counters().get(SMF)?.answersOut.get(5570), 1);
});

test('the T bit says that a request may have been sent before', async (t) => {
  const seen: boolean[] = [];
  const { port } = await openServer(t, {
    onRequest: (request: Message) => {
      seen.push(request.isRetransmitted);
      return { resultCode: RESULT.UNKNOWN_SESSION_ID };
    },
  });
  const smf = await dial(t, port);
  await smf.request('Credit-Control', body());
  await smf.request('Credit-Control', body(), { isRetransmitted: true });
  assert.deepEqual(seen, [false, true]);
});

test('a request nobody answers ends by the clock, and its late answer is counted and dropped', async (t) => {
  let late = (): void => {};
  const { server, port, clock } = await openServer(t);
  await dial(t, port, {
    onRequest: () =>
      new Promise((resolve) => {
        late = () => resolve({ resultCode: RESULT.SUCCESS });
      }),
  });
  const outcome = server.request(SMF, 'Re-Auth', reAuth(SMF), { answerMs: 3_000 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  clock.advance(3_000);
  assert.deepEqual(await outcome, { kind: 'unanswered' });
  late();
  while (server.counters().get(SMF)?.answersStray === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(server.counters().get(SMF)?.unanswered, 1);
});

test('a connection that is lost under a request says so: what the peer did is not known', async (t) => {
  const { server, port } = await openServer(t);
  const smf = await dial(t, port, { onRequest: () => new Promise(() => {}) });
  const outcome = server.request(SMF, 'Re-Auth', reAuth(SMF));
  await new Promise((resolve) => setTimeout(resolve, 20));
  smf.drop();
  assert.deepEqual(await outcome, { kind: 'lost' });
});

test('a request to a peer that is not here, or of an application it has not, is not sent', async (t) => {
  const { server, port } = await openServer(t);
  await dial(t, port);
  assert.deepEqual(await server.request('pcrf.elsewhere', 'Re-Auth', reAuth(SMF)), { kind: 'not_sent', why: 'no_connection' });
  assert.deepEqual(await server.request(SMF, 'Spending-Status-Notification', [avp('Session-Id', 's')]), {
    kind: 'not_sent',
    why: 'not_common',
  });
});

test('a refusal is told to who dials, and a wrong answerer is not spoken to', async (t) => {
  const { port } = await openServer(t, { peers: () => [] });
  await assert.rejects(dial(t, port), /3010 an Origin-Host nobody named/);
  const other = await openServer(t);
  await assert.rejects(dial(t, other.port, { originHost: 'another.host' }), /answered/);
});

test('who accepts and says nothing is given up by the clock', async (t) => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const clock = new ManualClock('2026-11-02T17:00:00Z');
  const dialled = dial(t, typeof address === 'object' ? (address?.port ?? 0) : 0, { clock });
  const hurry = setInterval(() => clock.advance(1_000), 5);
  await assert.rejects(dialled, /no Diameter connection/);
  clearInterval(hurry);
});

test('who dialled may part: both sides end', async (t) => {
  const { server, port } = await openServer(t);
  const smf = await dial(t, port);
  await smf.part();
  assert.equal(smf.state, 'closed');
  while (server.connections().length > 0) await new Promise((resolve) => setImmediate(resolve));
});

test('over TLS both sides speak as they do in plain', async (t) => {
  const ours = makeCertificate(OCS);
  const { server, port } = await openServer(t, { listen: [{ host: '127.0.0.1', port: 0, tls: ours }] });
  const smf = await dial(t, port, { tls: { ca: ours.cert, servername: OCS } });
  const outcome = await smf.request('Credit-Control', body());
  assert.equal(outcome.kind === 'answered' && outcome.answer.get('Result-Code'), RESULT.SUCCESS);
  assert.deepEqual([smf.isSecure, server.connections()[0]?.isSecure], [true, true]);
  await assert.rejects(dial(t, port, { tls: { servername: OCS } }), /self-signed|unable to verify/);
});
