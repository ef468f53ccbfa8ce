/** The role charging as it runs: two nodes on one database, peers over real sockets; who holds the peer tells it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  APPLICATION,
  type Avps,
  avp,
  connectDiameter,
  type Message,
  type PeerConnection,
  RESULT,
  VENDOR_3GPP,
  valuesOf,
} from '#channels/diameter';
import { savePeer } from '#domain/charging';
import { readLine } from '#domain/lines';
import { joinLine } from '#domain/orders';
import { createLog } from '#platform/log';
import { createMetrics } from '#platform/metrics';
import { makeCertificate } from '#tests/diameter';
import { activeLine, buy, OPERATOR, RENEW, testHouse } from '#tests/house';
import { buildHouse, drainOutbox, type House, runJanitor } from '../house/index.ts';
import { type Network, type NetworkOptions, openNetwork } from './open-network.ts';

const log = createLog(2, 'silent');
const [SMF, PCRF, OCS] = ['smf.epc.example', 'pcrf.epc.example', 'ocs.everline.example'];
const CC = valuesOf('CC-Request-Type');

type Scene = {
  readonly house: House;
  readonly tested: Awaited<ReturnType<typeof testHouse>>;
  readonly number: string;
  readonly renew: () => Promise<unknown>;
  open(over?: Partial<NetworkOptions>): Promise<Network>;
};

async function scene(t: TestContext): Promise<Scene> {
  const tested = await testHouse(t);
  const { connection, provider } = tested;
  const house = await buildHouse({ connection, connectionsMax: 8, publicUrl: 'https://northwind.example', provider, senders: {}, log });
  t.after(() => house.close());
  tested.clock.advance(Date.now() - tested.clock.transport().getTime());
  for (const originHost of [SMF, PCRF]) {
    const peer = {
      originHost,
      profile: 'standard',
      addresses: ['127.0.0.1'],
      needsTls: false,
      carriesOthers: false,
      requestsMax: 100,
    } as const;
    assert.equal(await savePeer(house.tools, peer, { actor: 'test', reason: 'test' }), undefined);
  }
  const line = await activeLine(tested, { plan: 'day-1gb' });
  await drainOutbox(house);
  const { number } = (await readLine(house.tools.database, line)).line;
  return {
    ...{ house, tested, number },
    renew: () => buy(tested, line, [RENEW]),
    async open(over = {}) {
      const network = await openNetwork({
        ...{ house, connection, host: '127.0.0.1', port: 0, originHost: OCS, originRealm: 'everline.example' },
        ...{ nchf: { port: 0, host: '127.0.0.1', tls: undefined }, nrf: undefined },
        ...over,
      });
      t.after(() => network.close());
      return network;
    },
  };
}

type Connected = { readonly connection: PeerConnection; readonly heard: Message[]; next(): Promise<Message> };

async function connect(t: TestContext, port: number | undefined, originHost: string, tls?: object): Promise<Connected> {
  const heard: Message[] = [];
  const waiting: ((message: Message) => void)[] = [];
  const connection = await connectDiameter({
    ...{ host: '127.0.0.1', port: port ?? 0, clock: { transport: () => new Date(), business: () => new Date() }, log },
    identity: { originHost, originRealm: 'epc.example', productName: 'test', vendorId: 0, originStateId: 1 },
    applications: [
      { id: APPLICATION.CREDIT_CONTROL, vendor: 0, takes: ['Re-Auth', 'Abort-Session'] },
      { id: APPLICATION.SY, vendor: VENDOR_3GPP, takes: ['Spending-Status-Notification'] },
    ],
    onRequest: (message) => {
      const take = waiting.shift();
      if (take === undefined) heard.push(message);
      else take(message);
      return { resultCode: RESULT.SUCCESS };
    },
    ...(tls === undefined ? {} : { tls }),
  });
  t.after(() => connection.drop());
  const next = (): Promise<Message> => {
    const came = heard.shift();
    return came === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(came);
  };
  return { connection, heard, next };
}

const whose = (number: string) =>
  avp('Subscription-Id', [
    avp('Subscription-Id-Type', valuesOf('Subscription-Id-Type').END_USER_E164),
    avp('Subscription-Id-Data', number.slice(1)),
  ]);

function creditRequest(number: string, type: number, count: number, used?: bigint): Avps {
  return [
    avp('Session-Id', `${SMF};1;1`),
    avp('Destination-Realm', 'everline.example'),
    avp('Auth-Application-Id', APPLICATION.CREDIT_CONTROL),
    avp('Service-Context-Id', '32251@3gpp.org'),
    avp('CC-Request-Type', type),
    avp('CC-Request-Number', count),
    whose(number),
    avp('Multiple-Services-Credit-Control', [
      avp('Requested-Service-Unit', []),
      used === undefined ? undefined : avp('Used-Service-Unit', [avp('CC-Total-Octets', used)]),
      avp('Rating-Group', 10),
    ]),
  ];
}

function limitRequest(number: string): Avps {
  return [
    avp('Session-Id', `${PCRF};1;1`),
    avp('Destination-Realm', 'everline.example'),
    avp('Auth-Application-Id', APPLICATION.SY),
    avp('SL-Request-Type', valuesOf('SL-Request-Type').INITIAL_REQUEST),
    whose(number),
  ];
}

const statusOf = (message: Message) => message.get('Policy-Counter-Status-Report')?.get('Policy-Counter-Status');

test('a line that runs dry at one node is told to the PCRF by the node that holds it, and so is its renewal [LIFE-4, FX-2]', async (t) => {
  const { house, number, renew, open } = await scene(t);
  const [one, other] = [await open(), await open()];
  const smf = await connect(t, one.gy.ports[0], SMF);
  const pcrf = await connect(t, other.gy.ports[0], PCRF);
  const begun = await pcrf.connection.request('Spending-Limit', limitRequest(number));
  assert.equal(begun.kind === 'answered' && statusOf(begun.answer), 'full');
  await smf.connection.request('Credit-Control', creditRequest(number, CC.INITIAL_REQUEST, 0));
  await smf.connection.request('Credit-Control', creditRequest(number, CC.UPDATE_REQUEST, 1, 1_100_000_000n));
  const telling = pcrf.next();
  await drainOutbox(house);
  assert.equal(statusOf(await telling), 'spent');
  await renew();
  const [asked, told] = [smf.next(), pcrf.next()];
  await drainOutbox(house);
  assert.equal((await asked).command, 258, 'the session is asked to ask again');
  assert.equal(statusOf(await told), 'full');
  assert.deepEqual([smf.heard, pcrf.heard], [[], []], 'nothing else, and nothing twice');
});

test('a session that we end is aborted at its peer by the node that holds it, whoever ended it (G5)', async (t) => {
  const { house, number, open } = await scene(t);
  const network = await open();
  const smf = await connect(t, network.gy.ports[0], SMF);
  await smf.connection.request('Credit-Control', creditRequest(number, CC.INITIAL_REQUEST, 0));
  const aborting = smf.next();
  const { clock } = house.tools;
  const later = {
    ...house,
    tools: { ...house.tools, clock: { ...clock, business: () => clock.business(), transport: () => afterHours(clock.transport()) } },
  };
  // Somebody else's janitor, three hours later.
  await runJanitor(later as unknown as House); // a clock that is ahead is all that is different about it
  const asr = await aborting;
  assert.deepEqual([asr.command, asr.get('Session-Id'), asr.get('Destination-Host')], [274, `${SMF};1;1`, SMF]);
  const late = await smf.connection.request('Credit-Control', creditRequest(number, CC.UPDATE_REQUEST, 1, 1n));
  assert.equal(late.kind === 'answered' && late.answer.get('Result-Code'), RESULT.UNKNOWN_SESSION_ID);
});

test('a session whose peer lets through far more than was granted is stopped: refused, aborted, and somebody is told (G6)', async (t) => {
  const { number, renew, open } = await scene(t);
  const metrics = createMetrics();
  const network = await open({ metrics });
  const smf = await connect(t, network.gy.ports[0], SMF);
  const report = async (count: number, used: bigint) => {
    const outcome = await smf.connection.request('Credit-Control', creditRequest(number, CC.UPDATE_REQUEST, count, used));
    assert.equal(outcome.kind, 'answered');
    return (outcome as Extract<typeof outcome, { kind: 'answered' }>).answer;
  };
  await smf.connection.request('Credit-Control', creditRequest(number, CC.INITIAL_REQUEST, 0));
  const first = await report(1, 1_300_000_000n);
  assert.equal(
    first.get('Multiple-Services-Credit-Control')?.get('Result-Code'),
    RESULT.CREDIT_LIMIT_REACHED,
    '300 MB are lost, and it goes on',
  );
  await renew();
  const aborting = smf.next();
  const second = (await report(2, 1_300_000_000n)).get('Multiple-Services-Credit-Control');
  assert.deepEqual(
    [second?.get('Result-Code'), second?.has('Granted-Service-Unit'), second?.has('Final-Unit-Indication')],
    [RESULT.CREDIT_LIMIT_REACHED, false, false],
  );
  assert.equal((await aborting).command, 274);
  await renew();
  assert.equal((await report(3, 0n)).get('Result-Code'), RESULT.UNKNOWN_SESSION_ID, 'stopped for good, also when it is paid for');
  assert.match(await metrics.text(), /everline_charging_overruns_total\{peer="smf.epc.example"\} 1/);
});

test('a line that joins another account takes no session with it: its peer is told to end it, and begins anew [SIM-4]', async (t) => {
  const { house, tested, number, open } = await scene(t);
  const network = await open();
  const smf = await connect(t, network.gy.ports[0], SMF);
  await smf.connection.request('Credit-Control', creditRequest(number, CC.INITIAL_REQUEST, 0));
  const parent = await activeLine(tested);
  const aborting = smf.next();
  const to = { slot: parent.slot, accountId: parent.accountId };
  assert.equal('line' in (await joinLine(house.orders, OPERATOR, { number, to, reason: 'a family' })), true);
  const asr = await aborting;
  assert.deepEqual([asr.command, asr.get('Session-Id')], [274, `${SMF};1;1`]);
  const ended = await smf.connection.request('Credit-Control', creditRequest(number, CC.TERMINATION_REQUEST, 1, 5n));
  assert.equal(ended.kind === 'answered' && ended.answer.get('Result-Code'), RESULT.SUCCESS, 'what it used until then is taken');
});

const afterHours = (at: Date): Date => new Date(at.getTime() + 3 * 3600_000);

test('peers come by TLS with a certificate of those we trust, and without one not at all', async (t) => {
  const { number, open } = await scene(t);
  const folder = mkdtempSync(join(tmpdir(), 'everline-tls-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [ours, theirs, others] = [makeCertificate(OCS), makeCertificate(SMF), makeCertificate(SMF)];
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const tls = { port: 0, certFile: write('cert', ours.cert), keyFile: write('key', ours.key), caFile: write('ca', theirs.cert) };
  const network = await open({ tls });
  const [, port] = network.gy.ports;
  const smf = await connect(t, port, SMF, { ...theirs, ca: ours.cert, servername: OCS });
  assert.equal(smf.connection.isSecure, true);
  const begun = await smf.connection.request('Credit-Control', creditRequest(number, CC.INITIAL_REQUEST, 0));
  assert.equal(begun.kind === 'answered' && begun.answer.get('Result-Code'), RESULT.SUCCESS);
  smf.connection.drop();
  await assert.rejects(connect(t, port, SMF, { ca: ours.cert, servername: OCS }));
  await assert.rejects(connect(t, port, SMF, { ...others, ca: ours.cert, servername: OCS }));
});
