/** The Gy door over a real socket, asked as deployed packet cores ask. */
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
  valuesOf,
} from '#channels/diameter';
import { createChargingEngine, type EndedSession, enquireCharge, noteOriginState, savePeer } from '#domain/charging';
import { createLog } from '#platform/log';
import { activeLine, stateOf, testHouse } from '#tests/house';
import { type GyDoor, type GyPeer, openGy } from './index.ts';

const TYPE = valuesOf('CC-Request-Type');
const log = createLog(2, 'silent');
const SMF = 'smf.epc.example';

function peerOf(originHost: string, profile: GyPeer['profile'] = 'standard'): GyPeer {
  return { originHost, profile, addresses: ['127.0.0.1'], needsTls: false, carriesOthers: false, requestsMax: 1000 };
}

async function gyHouse(t: Parameters<typeof testHouse>[0], profile: GyPeer['profile'] = 'standard', hears = false) {
  const house = await testHouse(t);
  const engine = createChargingEngine(house.tools, async () => house.catalog, log);
  t.after(() => engine.close());
  const heard: Promise<EndedSession[]>[] = [];
  assert.equal(await savePeer(house.tools, peerOf(SMF, profile), { actor: 'test', reason: 'test' }), undefined);
  const door = await openGy({
    listen: [{ host: '127.0.0.1', port: 0 }],
    ...{ originHost: 'ocs.everline.example', originRealm: 'everline.example', originStateId: 1 },
    peers: () => [peerOf(SMF, profile)],
    ...{ engine, clock: house.clock, log },
    enquire: (request) => enquireCharge(house.tools, house.catalog, request),
    onPeer: (peer) => hears && heard.push(noteOriginState(house.tools, peer)),
  });
  t.after(() => door.close());
  const line = await activeLine(house);
  const { number } = (await stateOf(house, line)).line;
  return { house, door, line, number, heard };
}

async function smf(
  t: { after(end: () => void): void },
  door: GyDoor,
  house: { clock: Parameters<typeof connectDiameter>[0]['clock'] },
  originStateId = 1,
): Promise<PeerConnection> {
  const connection = await connectDiameter({
    ...{ host: '127.0.0.1', port: door.ports[0] as number, clock: house.clock, log },
    identity: { originHost: SMF, originRealm: 'epc.example', productName: 'smf', vendorId: 0, originStateId },
    applications: [{ id: APPLICATION.CREDIT_CONTROL, vendor: 0, takes: ['Re-Auth', 'Abort-Session'] }],
    onRequest: () => ({ resultCode: RESULT.SUCCESS }),
  });
  t.after(() => connection.drop());
  return connection;
}

/** As Open5GS asks: one service without a name, a Requested-Action in everything, a million octets wanted. */
function open5gsRequest(number: string, type: number, count: number, used: bigint | undefined): Avps {
  return [
    avp('Session-Id', 'smf.epc.example;1606000000;1;app_gy'),
    avp('Destination-Realm', 'everline.example'),
    avp('Auth-Application-Id', APPLICATION.CREDIT_CONTROL),
    avp('Service-Context-Id', '32251@3gpp.org'),
    avp('CC-Request-Type', type),
    avp('CC-Request-Number', count),
    avp('Subscription-Id', [
      avp('Subscription-Id-Type', valuesOf('Subscription-Id-Type').END_USER_E164),
      avp('Subscription-Id-Data', number.slice(1)),
    ]),
    avp('Requested-Action', valuesOf('Requested-Action').DIRECT_DEBITING),
    avp('Multiple-Services-Indicator', 0),
    avp('Multiple-Services-Credit-Control', [
      type === TYPE.TERMINATION_REQUEST ? undefined : avp('Requested-Service-Unit', [avp('CC-Total-Octets', 1_000_000n)]),
      used === undefined
        ? undefined
        : avp('Used-Service-Unit', [avp('CC-Time', 30), avp('CC-Input-Octets', used / 4n), avp('CC-Output-Octets', used - used / 4n)]),
    ]),
  ];
}

function answered(outcome: RequestOutcome): Message {
  assert.equal(outcome.kind, 'answered', JSON.stringify(outcome));
  return (outcome as Extract<RequestOutcome, { kind: 'answered' }>).answer;
}

test('a session of Open5GS reports both ways without a total, and each answer carries a grant and 2001 at both levels [LIFE-4]', async (t) => {
  const { house, door, number } = await gyHouse(t, 'open5gs');
  const connection = await smf(t, door, house);
  for (const [type, used] of [
    [TYPE.INITIAL_REQUEST, undefined],
    [TYPE.UPDATE_REQUEST, 4_000_000n],
    [TYPE.UPDATE_REQUEST, 6_000_000n],
  ] as const) {
    const answer = answered(await connection.request('Credit-Control', open5gsRequest(number, type, Number(used ?? 0n) / 2_000_000, used)));
    assert.equal(answer.get('Result-Code'), RESULT.SUCCESS);
    const service = answer.get('Multiple-Services-Credit-Control');
    assert.equal(service?.get('Result-Code'), RESULT.SUCCESS);
    assert.ok((service?.get('Granted-Service-Unit')?.get('CC-Total-Octets') ?? 0n) > 0n, 'never without a grant');
    assert.equal(service?.has('Rating-Group'), false);
    assert.equal(service?.has('Final-Unit-Indication'), false);
  }
  const ended = answered(await connection.request('Credit-Control', open5gsRequest(number, TYPE.TERMINATION_REQUEST, 9, 1_000_000n)));
  assert.equal(ended.get('Result-Code'), RESULT.SUCCESS);
});

test('a retransmission gets the same answer under its own identifiers', async (t) => {
  const { house, door, number } = await gyHouse(t);
  const connection = await smf(t, door, house);
  const ask = () => connection.request('Credit-Control', open5gsRequest(number, TYPE.INITIAL_REQUEST, 0, undefined));
  const first = answered(await ask());
  const again = answered(await ask());
  assert.deepEqual(again.raw('Multiple-Services-Credit-Control'), first.raw('Multiple-Services-Credit-Control'));
  assert.notEqual(again.hopByHop, first.hopByHop);
});

test('a session that was never begun is told 5002, a subscriber nobody knows 5030, a service nobody charges 5031', async (t) => {
  const { house, door, number } = await gyHouse(t);
  const connection = await smf(t, door, house);
  const codeOf = async (avps: Avps) => answered(await connection.request('Credit-Control', avps)).get('Result-Code');
  assert.equal(await codeOf(open5gsRequest(number, TYPE.UPDATE_REQUEST, 1, 5n)), RESULT.UNKNOWN_SESSION_ID);
  assert.equal(await codeOf(open5gsRequest('+15550000000', TYPE.INITIAL_REQUEST, 0, undefined)), RESULT.USER_UNKNOWN);
  const other = open5gsRequest(number, TYPE.INITIAL_REQUEST, 0, undefined).map((one, index) =>
    index === 3 ? avp('Service-Context-Id', 'x@y.org') : one,
  );
  assert.equal(await codeOf(other), RESULT.RATING_FAILED);
});

test('a session is asked to ask again, and to end, at the peer that has it', async (t) => {
  const { house, door } = await gyHouse(t);
  await smf(t, door, house);
  const session = { peer: SMF, reference: 'smf.epc.example;1;2' };
  assert.equal(answered(await door.reauthorise(session)).get('Result-Code'), RESULT.SUCCESS);
  assert.equal(answered(await door.abort(session)).get('Result-Code'), RESULT.SUCCESS);
  assert.equal((await door.reauthorise({ ...session, peer: 'nobody.example' })).kind, 'not_sent');
});

/** A message that is paid for by itself, as an SMS centre asks. */
function smsRequest(number: string, action: number, count: number, more: Avps = []): Avps {
  return [
    avp('Session-Id', `smsc.example;1;${count}`),
    avp('Destination-Realm', 'everline.example'),
    avp('Auth-Application-Id', APPLICATION.CREDIT_CONTROL),
    avp('Service-Context-Id', '8.32274@3gpp.org'),
    avp('CC-Request-Type', TYPE.EVENT_REQUEST),
    avp('CC-Request-Number', count),
    avp('Subscription-Id', [
      avp('Subscription-Id-Type', valuesOf('Subscription-Id-Type').END_USER_E164),
      avp('Subscription-Id-Data', number.slice(1)),
    ]),
    avp('Requested-Action', action),
    ...(more.length > 0 ? more : [avp('Requested-Service-Unit', [avp('CC-Service-Specific-Units', 1n)])]),
    avp('Service-Information', [
      avp('SMS-Information', [
        avp('Recipient-Info', [
          avp('Recipient-Address', [avp('Address-Type', valuesOf('Address-Type').MSISDN), avp('Address-Data', '12065550199')]),
        ]),
      ]),
    ]),
  ];
}

test('a message is priced, asked about, taken and taken back once, by the name its answer gave it [LIFE-4]', async (t) => {
  const { house, door, number } = await gyHouse(t);
  const connection = await smf(t, door, house);
  const ask = async (avps: Avps) => answered(await connection.request('Credit-Control', avps));
  const action = valuesOf('Requested-Action');
  const enough = await ask(smsRequest(number, action.CHECK_BALANCE, 0));
  assert.equal(enough.get('Check-Balance-Result'), valuesOf('Check-Balance-Result').ENOUGH_CREDIT);
  const priced = await ask(smsRequest(number, action.PRICE_ENQUIRY, 1));
  assert.equal(priced.get('Cost-Information')?.get('Currency-Code'), 840);
  assert.equal(priced.get('Cost-Information')?.get('Unit-Value')?.get('Value-Digits'), 0n);
  const taken = await ask(smsRequest(number, action.DIRECT_DEBITING, 2));
  assert.equal(taken.get('Result-Code'), RESULT.SUCCESS);
  assert.equal(taken.get('Granted-Service-Unit')?.get('CC-Service-Specific-Units'), 1n);
  const name = taken.get('Refund-Information');
  assert.ok(name !== undefined);
  const back = [avp('Refund-Information', name)];
  assert.equal((await ask(smsRequest(number, action.REFUND_ACCOUNT, 3, back))).get('Result-Code'), RESULT.SUCCESS);
  assert.equal((await ask(smsRequest(number, action.REFUND_ACCOUNT, 4, back))).get('Result-Code'), RESULT.SUCCESS);
  const nothing = [avp('Refund-Information', Buffer.from('1/2/3'))];
  assert.equal((await ask(smsRequest(number, action.REFUND_ACCOUNT, 5, nothing))).get('Result-Code'), RESULT.UNKNOWN_SESSION_ID);
});

test('a peer that comes back in a later life has forgotten its sessions: they are over, once (G7)', async (t) => {
  const { house, door, number, heard } = await gyHouse(t, 'standard', true);
  const first = await smf(t, door, house);
  answered(await first.request('Credit-Control', open5gsRequest(number, TYPE.INITIAL_REQUEST, 0, undefined)));
  first.drop();
  await first.closed;
  house.clock.advance(1000);
  const again = await smf(t, door, house, 1);
  again.drop();
  await again.closed;
  const later = await smf(t, door, house, 2);
  assert.deepEqual(
    (await Promise.all(heard)).map((ended) => ended.map(({ reason }) => reason)),
    [[], [], ['peer_restarted']],
  );
  const update = answered(await later.request('Credit-Control', open5gsRequest(number, TYPE.UPDATE_REQUEST, 1, 1_000_000n)));
  assert.equal(update.get('Result-Code'), RESULT.UNKNOWN_SESSION_ID);
});

test('the SMF of Open5GS up to 2.6.1 names its service by its own name, and is understood under its profile alone', async (t) => {
  for (const [profile, code] of [
    ['open5gs', RESULT.SUCCESS],
    ['standard', RESULT.RATING_FAILED],
  ] as const) {
    const { house, door, number } = await gyHouse(t, profile);
    const connection = await smf(t, door, house);
    const request = open5gsRequest(number, TYPE.INITIAL_REQUEST, 0, undefined).map((one, index) =>
      index === 3 ? avp('Service-Context-Id', 'open5gs-smfd@open5gs.org') : one,
    );
    assert.equal(answered(await connection.request('Credit-Control', request)).get('Result-Code'), code);
  }
});
