/** The Sy door over a real socket, beside Gy, asked as a PCRF asks; lines, engine and database are real. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  APPLICATION,
  type Avps,
  avp,
  connectDiameter,
  type Message,
  type PeerConnection,
  RESULT,
  type RequestOutcome,
  SY_ERROR_UNKNOWN_POLICY_COUNTERS,
  VENDOR_3GPP,
  valuesOf,
} from '#channels/diameter';
import { type GyDoor, openGy } from '#channels/gy';
import { createChargingEngine, enquireCharge } from '#domain/charging';
import { reportUse } from '#domain/lines';
import { changeWatch, endWatch, openWatch, type Teller, tellWatchersOf } from '#domain/policy';
import { createLog } from '#platform/log';
import { capabilities, connectRaw, sampleAnswer, sampleRequest } from '#tests/diameter';
import { activeLine, allowed, buy, RENEW, stateOf, testHouse } from '#tests/house';
import { createSy } from './index.ts';

const TYPE = valuesOf('SL-Request-Type');
const log = createLog(2, 'silent');
const PCRF = 'pcrf.epc.example';
const RELAY = 'dra.epc.example';
const GB = 1_000_000_000n;

async function syHouse(t: Parameters<typeof testHouse>[0]) {
  const house = await testHouse(t);
  const { tools, catalog } = house;
  const engine = createChargingEngine(tools, async () => catalog, log);
  t.after(() => engine.close());
  const sy = createSy({
    open: (request) => openWatch(tools, catalog, request),
    change: (request) => changeWatch(tools, catalog, request),
    end: (name) => endWatch(tools, name),
    log,
  });
  const peer = { profile: 'standard', addresses: ['127.0.0.1'], needsTls: false, requestsMax: 100 } as const;
  const door = await openGy({
    listen: [{ host: '127.0.0.1', port: 0 }],
    ...{ originHost: 'ocs.everline.example', originRealm: 'everline.example', originStateId: 1 },
    peers: () => [
      { ...peer, originHost: PCRF, carriesOthers: false },
      { ...peer, originHost: RELAY, carriesOthers: true },
    ],
    ...{ engine, clock: house.clock, log },
    enquire: (request) => enquireCharge(tools, catalog, request),
    beside: [sy.application],
  });
  t.after(() => door.close());
  const teller: Teller = {
    tools,
    catalog: async () => catalog,
    doors: {
      peers: () => door.server.reached(),
      spendingLimit: false,
      tell: (watch, changed) => sy.tell(door.server, watch, changed),
      terminate: (watch) => sy.terminate(door.server, watch),
    },
  };
  const line = await activeLine(house);
  const { number } = (await stateOf(house, line)).line;
  const use = async (key: string) =>
    allowed(await reportUse(tools, catalog, { ...line, key, service: 'data', zone: 'home', quantity: 6n * GB }));
  return { house, door, teller, line, number, use, tell: () => tellWatchersOf(teller, `${line.accountId}`) };
}

type Pcrf = { readonly connection: PeerConnection; readonly heard: Message[]; answer: number };

async function pcrf(
  t: { after(end: () => void): void },
  door: GyDoor,
  house: { clock: Parameters<typeof connectDiameter>[0]['clock'] },
  originHost = PCRF,
): Promise<Pcrf> {
  const heard: Message[] = [];
  const own: { answer: number } = { answer: RESULT.SUCCESS };
  const connection = await connectDiameter({
    ...{ host: '127.0.0.1', port: door.ports[0] as number, clock: house.clock, log },
    identity: { originHost, originRealm: 'epc.example', productName: 'pcrf', vendorId: 0, originStateId: 5 },
    applications: [{ id: APPLICATION.SY, vendor: VENDOR_3GPP, takes: ['Spending-Status-Notification'] }],
    onRequest: (message) => {
      heard.push(message);
      return { resultCode: own.answer };
    },
  });
  t.after(() => connection.drop());
  return Object.assign(own, { connection, heard });
}

const HEAD = [avp('Destination-Realm', 'everline.example'), avp('Auth-Application-Id', APPLICATION.SY)];

function limitRequest(number: string | undefined, type: number, counters: readonly string[] = [], session = `${PCRF};1;1`): Avps {
  return [
    avp('Session-Id', session),
    ...HEAD,
    avp('SL-Request-Type', type),
    number === undefined
      ? undefined
      : avp('Subscription-Id', [
          avp('Subscription-Id-Type', valuesOf('Subscription-Id-Type').END_USER_E164),
          avp('Subscription-Id-Data', number.slice(1)),
        ]),
    ...counters.map((counter) => avp('Policy-Counter-Identifier', counter)),
  ];
}

function answered(outcome: RequestOutcome): Message {
  assert.equal(outcome.kind, 'answered', JSON.stringify(outcome));
  return (outcome as Extract<RequestOutcome, { kind: 'answered' }>).answer;
}

const reportsOf = (message: Message | undefined) =>
  message
    ?.all('Policy-Counter-Status-Report')
    .map((report) => `${report.get('Policy-Counter-Identifier')}=${report.get('Policy-Counter-Status')}`);

test('a PCRF hears how a line stands at once, that it is throttled when its data is gone, and that it is full after a renewal [LIFE-1, FX-2]', async (t) => {
  const { house, door, line, number, use, tell } = await syHouse(t);
  const { connection, heard } = await pcrf(t, door, house);
  const begun = answered(await connection.request('Spending-Limit', limitRequest(number, TYPE.INITIAL_REQUEST)));
  assert.equal(begun.get('Result-Code'), RESULT.SUCCESS);
  assert.deepEqual(reportsOf(begun), ['data=full']);
  await use('gone');
  await tell();
  await buy(house, line, [RENEW]);
  await tell();
  await tell();
  assert.deepEqual(heard.map(reportsOf), [['data=throttled-128'], ['data=full']]);
  const [first] = heard;
  assert.deepEqual(
    [first?.get('Session-Id'), first?.get('Destination-Host'), first?.get('Destination-Realm'), first?.get('SN-Request-Type')],
    [`${PCRF};1;1`, PCRF, 'epc.example', 1],
  );
  const end = () => connection.request('Session-Termination', [avp('Session-Id', `${PCRF};1;1`), ...HEAD, avp('Termination-Cause', 1)]);
  assert.equal(answered(await end()).get('Result-Code'), RESULT.SUCCESS);
  assert.equal(answered(await end()).get('Result-Code'), RESULT.UNKNOWN_SESSION_ID);
  await use('gone again');
  await tell();
  assert.equal(heard.length, 2, 'nobody watches any more');
});

test('a PCRF is told ahead what time will change: the end of the plan, and the throttle that lifts when the next one begins [LIFE-1]', async (t) => {
  const { house, door, line, number, use, tell } = await syHouse(t);
  const { connection, heard } = await pcrf(t, door, house);
  const end = (await stateOf(house, line)).line.paidUntil?.getTime();
  const pendingOf = (message: Message | undefined) =>
    message
      ?.get('Policy-Counter-Status-Report')
      ?.all('Pending-Policy-Counter-Information')
      .map((one) => [one.get('Policy-Counter-Status'), one.get('Pending-Policy-Counter-Change-Time')?.getTime()]);
  const begun = answered(await connection.request('Spending-Limit', limitRequest(number, TYPE.INITIAL_REQUEST)));
  assert.deepEqual(pendingOf(begun), [['barred', end]]);
  await use('gone');
  await buy(house, line, [{ kind: 'queue', product: 'month-5gb', startRule: 'at_end' }]);
  await tell();
  assert.deepEqual(heard.map(reportsOf), [['data=throttled-128']]);
  assert.deepEqual(pendingOf(heard[0])?.[0], ['full', end]);
});

test('an intermediate request is answered as things are now, and one of a session that was never begun is told 5002', async (t) => {
  const { house, door, number, use } = await syHouse(t);
  const { connection } = await pcrf(t, door, house);
  const unknown = answered(await connection.request('Spending-Limit', limitRequest(undefined, TYPE.INTERMEDIATE_REQUEST)));
  assert.equal(unknown.get('Result-Code'), RESULT.UNKNOWN_SESSION_ID);
  await connection.request('Spending-Limit', limitRequest(number, TYPE.INITIAL_REQUEST));
  await use('gone');
  const now = answered(await connection.request('Spending-Limit', limitRequest(undefined, TYPE.INTERMEDIATE_REQUEST, ['data'])));
  assert.deepEqual(reportsOf(now), ['data=throttled-128']);
});

test('a line nobody knows is told 5030, and counters nobody keeps 5570 with their names', async (t) => {
  const { house, door, number } = await syHouse(t);
  const { connection } = await pcrf(t, door, house);
  const ask = async (avps: Avps) => answered(await connection.request('Spending-Limit', avps));
  assert.equal((await ask(limitRequest('+15550000000', TYPE.INITIAL_REQUEST))).get('Result-Code'), RESULT.USER_UNKNOWN);
  assert.equal((await ask(limitRequest(undefined, TYPE.INITIAL_REQUEST))).get('Result-Code'), RESULT.USER_UNKNOWN);
  const refused = await ask(limitRequest(number, TYPE.INITIAL_REQUEST, ['data', 'gold', 'silver']));
  assert.equal(refused.get('Result-Code'), undefined);
  assert.equal(refused.get('Experimental-Result')?.get('Vendor-Id'), VENDOR_3GPP);
  assert.equal(refused.get('Experimental-Result')?.get('Experimental-Result-Code'), SY_ERROR_UNKNOWN_POLICY_COUNTERS);
  assert.deepEqual(refused.get('Failed-AVP')?.all('Policy-Counter-Identifier'), ['gold', 'silver']);
});

test('names that nobody can keep are refused as such, and the connection goes on', async (t) => {
  const { house, door, number } = await syHouse(t);
  const { connection } = await pcrf(t, door, house);
  const ask = async (avps: Avps) => answered(await connection.request('Spending-Limit', avps)).get('Result-Code');
  const nul = String.fromCharCode(0);
  assert.equal(await ask(limitRequest(`+1${nul}2`, TYPE.INITIAL_REQUEST)), RESULT.INVALID_AVP_VALUE);
  assert.equal(await ask(limitRequest(number, TYPE.INITIAL_REQUEST, [], `a${nul}b`)), RESULT.INVALID_AVP_VALUE);
  assert.equal(await ask(limitRequest(number, TYPE.INITIAL_REQUEST, [], 'a'.repeat(5_000))), RESULT.INVALID_AVP_VALUE);
  assert.equal(await ask(limitRequest(number, TYPE.INITIAL_REQUEST)), RESULT.SUCCESS);
});

test('a PCRF behind a relay is told through the relay that carried its request', async (t) => {
  const { door, number, use, tell } = await syHouse(t);
  const relay = await connectRaw(door.ports[0] as number);
  relay.send(sampleRequest('Capabilities-Exchange', capabilities(RELAY, [avp('Auth-Application-Id', APPLICATION.RELAY)])));
  assert.equal((await relay.next()).get('Result-Code'), RESULT.SUCCESS);
  const [session, ...rest] = limitRequest(number, TYPE.INITIAL_REQUEST);
  const origin = [avp('Origin-Host', 'pcrf.far.example'), avp('Origin-Realm', 'far.example')];
  relay.send(sampleRequest('Spending-Limit', [session, ...origin, ...rest]));
  assert.deepEqual(reportsOf(await relay.next()), ['data=full']);
  await use('gone');
  const telling = tell();
  const told = await relay.next();
  assert.deepEqual(reportsOf(told), ['data=throttled-128']);
  assert.deepEqual([told.get('Destination-Host'), told.get('Destination-Realm')], ['pcrf.far.example', 'far.example']);
  const answer = [avp('Session-Id', `${PCRF};1;1`), ...origin, avp('Result-Code', RESULT.SUCCESS)];
  relay.send(sampleAnswer('Spending-Status-Notification', answer).fill(told.octets.subarray(12, 20), 12, 20));
  await telling;
  relay.socket.destroy();
});
