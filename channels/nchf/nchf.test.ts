/** The Nchf door over a real socket, asked as consumers ask that number their requests, and as free5GC asks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createChargingEngine, listPeers, nameReference, openSessionsOfLine, type PeerProfile, savePeer } from '#domain/charging';
import { parseStatement } from '#platform/database';
import { createLog } from '#platform/log';
import { isRefusal } from '#platform/refusals';
import { createSbiClient, type RouteSet, serveSbi } from '#platform/sbi';
import { makeCertificate } from '#tests/diameter';
import { activeLine, checkInvariants, drainOutbox, stateOf, type TestHouse, testHouse } from '#tests/house';
import { type NchfOptions, type NchfPeer, openNchf } from './index.ts';

const log = createLog(2, 'silent');
const SMF = '5f0e8f6a-6d5f-4a5b-9a55-3f5d6f0f7a11';
const UPF = '0d9e2c9c-9f8d-4d38-8f6a-2b5f2f3a7c22';

function peerOf(originHost: string, profile: PeerProfile['code'] = 'standard'): NchfPeer {
  return { originHost, profile, addresses: ['127.0.0.1'], needsTls: false, requestsMax: 1000, nfInstanceId: null };
}

async function nchfHouse(t: Parameters<typeof testHouse>[0], more: Partial<NchfOptions> = {}) {
  const house = await testHouse(t);
  const engine = createChargingEngine(house.tools, async () => house.catalog, log);
  t.after(() => engine.close());
  const door = await openNchf({
    listen: [{ host: '127.0.0.1', port: 0 }],
    ...{ engine, clock: house.clock, log },
    nameReference: (beginning) => nameReference(house.database, beginning),
    peers: () => [peerOf(SMF), peerOf('smf', 'free5gc')],
    ...more,
  });
  const client = createSbiClient();
  t.after(async () => {
    client.close();
    await door.close();
  });
  const line = await activeLine(house);
  const { number } = (await stateOf(house, line)).line;
  const root = `http://127.0.0.1:${door.ports[0]}/nchf-convergedcharging/v3/chargingdata`;
  const post = async (url: string, body: unknown) => {
    const outcome = await client.request({ method: 'POST', url: url.startsWith('http') ? url : `${root}${url}`, body });
    assert.equal(outcome.kind, 'answered', JSON.stringify(outcome));
    const { status, headers, body: answered } = outcome as Extract<typeof outcome, { kind: 'answered' }>;
    return { status, headers, body: answered as Answered };
  };
  return { house, door, line, number, root, post };
}

type Answered = {
  cause?: string;
  invalidParams?: { param: string; reason?: string }[];
  invocationSequenceNumber?: number;
  multipleUnitInformation?: {
    ratingGroup: number;
    resultCode: string;
    uPFID?: string;
    grantedUnit?: { totalVolume: number };
    triggers?: { triggerType: string }[];
    validityTime?: number;
    volumeQuotaThreshold?: number;
  }[];
};

type Usage = { used?: number; asks?: boolean; at?: string; ratingGroup?: number; indicator?: string };

function data(number: string, nFName: string, sequence: number | undefined, usage: readonly Usage[] = [], more: object = {}) {
  return {
    chargingId: 7,
    nfConsumerIdentification: { nodeFunctionality: 'SMF', nFName },
    invocationTimeStamp: new Date().toISOString(),
    ...(sequence === undefined ? {} : { invocationSequenceNumber: sequence }),
    notifyUri: 'http://127.0.0.1:1/nsmf-callback/notify_1',
    pDUSessionChargingInformation: {
      userInformation: { servedGPSI: `msisdn-${number.slice(1)}` },
      pduSessionInformation: { pduSessionID: 1, dnnId: 'internet' },
    },
    multipleUnitUsage: usage.map(({ used, asks = true, at, ratingGroup = 10, indicator = 'ONLINE_CHARGING' }) => ({
      ...{ ratingGroup, uPFID: UPF },
      ...(asks ? { requestedUnit: { totalVolume: 1000 } } : {}),
      usedUnitContainer:
        used === undefined
          ? []
          : [
              {
                ...{ localSequenceNumber: 0, quotaManagementIndicator: indicator, totalVolume: used },
                triggers: [{ triggerType: 'QUOTA_EXHAUSTED', triggerCategory: 'IMMEDIATE_REPORT' }],
                triggerTimestamp: at ?? '2026-11-02T17:00:00Z',
              },
            ],
    })),
    ...more,
  };
}

const readUsed = parseStatement(
  'test.nchf-used',
  'select coalesce(sum(used), 0)::bigint as used from charging.request where slot = :slot and account_id = :account_id',
);

async function usedIn({ database }: TestHouse, { slot, accountId }: { slot: number; accountId: bigint }): Promise<unknown> {
  const [row] = await database.query(readUsed, { slot, accountId });
  return (row as { used: bigint }).used;
}

test('a session begins, reports, is granted more and ends, each request answered once however often it comes (G1) [LIFE-4]', async (t) => {
  const { house, line, number, post } = await nchfHouse(t);
  const first = await post('', data(number, SMF, 0, [{}]));
  assert.equal(first.status, 201);
  const location = String(first.headers.location);
  const granted = first.body.multipleUnitInformation?.[0];
  assert.deepEqual([granted?.resultCode, granted?.uPFID, granted?.ratingGroup], ['SUCCESS', UPF, 10]);
  assert.ok((granted?.grantedUnit?.totalVolume ?? 0) > 0);
  const again = await post('', data(number, SMF, 0, [{}]));
  assert.deepEqual([again.headers.location, again.body.multipleUnitInformation], [location, first.body.multipleUnitInformation]);
  const report = data(number, SMF, 1, [{ used: 4_000_000 }]);
  const updated = await post(`${location}/update`, report);
  assert.deepEqual([updated.status, updated.body.invocationSequenceNumber], [200, 1]);
  const repeated = await post(`${location}/update`, { ...report, retransmissionIndicator: true });
  assert.deepEqual(repeated.body.multipleUnitInformation, updated.body.multipleUnitInformation);
  const ended = data(number, SMF, 2, [{ used: 1_000_000, asks: false }]);
  assert.equal((await post(`${location}/release`, ended)).status, 204);
  assert.equal((await post(`${location}/release`, ended)).status, 204);
  assert.equal(await usedIn(house, line), 5_000_000n);
  const late = await post(`${location}/update`, data(number, SMF, 3, [{ used: 10 }]));
  assert.deepEqual([late.status, late.body.cause], [404, 'CHARGING_SESSION_NOT_FOUND']);
  const next = await post('', data(number, SMF, 0, [{}]));
  assert.notEqual(next.headers.location, location);
  await drainOutbox(house);
  await checkInvariants(house);
});

test('a consumer that never numbers is known by what it reports; without use nothing is a repetition (G1) [LIFE-4]', async (t) => {
  const { house, line, number, post } = await nchfHouse(t);
  const created = await post('', data(number, 'SMF', 0));
  assert.equal(created.status, 201);
  assert.deepEqual(created.body.multipleUnitInformation, []);
  const location = String(created.headers.location);
  const asked = await post(`${location}/update`, data(number, 'SMF', 0, [{}]));
  const unit = asked.body.multipleUnitInformation?.[0];
  assert.deepEqual(
    unit?.triggers?.map(({ triggerType }) => triggerType),
    ['QUOTA_EXHAUSTED', 'QUOTA_THRESHOLD', 'VALIDITY_TIME'],
  );
  const report = data(number, 'SMF', 0, [{ used: 3_000_000, at: '2026-11-02T17:00:10Z' }]);
  const first = await post(`${location}/update`, report);
  const repeated = await post(`${location}/update`, { ...report, invocationTimeStamp: '2026-11-02T17:00:20Z' });
  assert.deepEqual(repeated.body.multipleUnitInformation, first.body.multipleUnitInformation);
  assert.equal(await usedIn(house, line), 3_000_000n);
  // The same volume at another time is another use.
  await post(`${location}/update`, data(number, 'SMF', 0, [{ used: 3_000_000, at: '2026-11-02T17:00:30Z' }]));
  await post(`${location}/update`, data(number, 'SMF', 0, [{}]));
  assert.equal((await post(`${location}/release`, data(number, 'SMF', 0, [{ used: 1, asks: false }]))).status, 204);
  assert.equal(await usedIn(house, line), 6_000_001n);
  await drainOutbox(house);
  await checkInvariants(house);
});

test('what free5GC counts a second time as charged offline is not debited, and its session quota is left alone', async (t) => {
  const { house, line, number, post } = await nchfHouse(t);
  const location = String((await post('', data(number, 'SMF', 0))).headers.location);
  const answer = await post(
    `${location}/update`,
    data(number, 'SMF', 0, [{ used: 2_000_000 }, { used: 2_000_000, ratingGroup: 1, indicator: 'OFFLINE_CHARGING' }]),
  );
  assert.deepEqual(
    answer.body.multipleUnitInformation?.map(({ ratingGroup }) => ratingGroup),
    [10],
  );
  assert.equal(await usedIn(house, line), 2_000_000n);
});

test('each user plane has a quota of its own, of one rating group too', async (t) => {
  const { house, line, number, post } = await nchfHouse(t);
  const other = '1d9e2c9c-9f8d-4d38-8f6a-2b5f2f3a7c23';
  const both = [UPF, other].map((uPFID) => ({ ratingGroup: 10, uPFID, requestedUnit: {} }));
  const { body } = await post('', data(number, SMF, 0, [], { multipleUnitUsage: both }));
  assert.deepEqual(
    body.multipleUnitInformation?.map(({ uPFID }) => uPFID),
    [UPF, other],
  );
  const [session] = await openSessionsOfLine(house.database, line);
  assert.equal(session?.groups.filter(({ granted }) => granted > 0n).length, 2);
  await drainOutbox(house);
  await checkInvariants(house);
});

test('an event is over with its answer', async (t) => {
  const { house, line, number, post } = await nchfHouse(t);
  const event = data(number, SMF, 0, [{ used: 500_000, asks: false }], { oneTimeEvent: true, oneTimeEventType: 'PEC' });
  const answer = await post('', event);
  assert.equal(answer.status, 201);
  assert.equal((await post('', event)).status, 201);
  assert.equal(await usedIn(house, line), 500_000n);
  assert.deepEqual(await openSessionsOfLine(house.database, line), []);
});

test('who is unknown, or not listed, and what does not fit is told in the words of the interface, and nothing is charged', async (t) => {
  const { house, line, number, post } = await nchfHouse(t);
  const told = async (path: string, body: unknown) => {
    const { status, body: answered } = await post(path, body);
    return [status, answered.cause, answered.invalidParams?.map(({ param }) => param)];
  };
  assert.deepEqual(await told('', data('+15550000000', SMF, 0)), [404, 'USER_UNKNOWN', undefined]);
  assert.deepEqual(await told('', data(number, 'somebody', 0)), [403, 'CONSUMER_NOT_ALLOWED', undefined]);
  assert.deepEqual(await told('/nothing/update', data(number, SMF, 1, [{ used: 5 }])), [404, 'CHARGING_SESSION_NOT_FOUND', undefined]);
  assert.deepEqual(await told('/%00/update', data(number, SMF, 1, [{ used: 5 }])), [404, 'CHARGING_SESSION_NOT_FOUND', undefined]);
  assert.deepEqual(await told('', { nfConsumerIdentification: { nodeFunctionality: 'SMF' } }), [
    400,
    'MANDATORY_IE_MISSING',
    ['/invocationTimeStamp'],
  ]);
  const wrong = data(number, SMF, 0, [{ used: -1 }, { used: 1.5 }, { used: 2 ** 70 }], { notifyUri: 'ftp://x' });
  assert.deepEqual(await told('', wrong), [
    400,
    'MANDATORY_IE_INCORRECT',
    [
      '/notifyUri',
      '/multipleUnitUsage/0/usedUnitContainer/0/totalVolume',
      '/multipleUnitUsage/1/usedUnitContainer/0/totalVolume',
      '/multipleUnitUsage/2/usedUnitContainer/0/totalVolume',
    ],
  ]);
  for (const body of [null, [], 'x', 7]) assert.equal((await told('', body))[0], 400);
  assert.equal(await usedIn(house, line), 0n);
});

test('a session is asked to ask again, and to end, where it said; one that is away is asked a few times [FX-1]', async (t) => {
  const { house, door, line, number, post } = await nchfHouse(t, { notifying: { pauseMs: 10, answerMsMax: 500 } });
  const heard: unknown[] = [];
  let status = 503;
  const callback: RouteSet = {
    ...{ name: 'nsmf-callback', version: 'v1', fullVersion: '1.0.0' },
    routes: [
      {
        method: 'POST',
        path: '/notify/{ref}',
        answer: ({ body }) => {
          heard.push(body);
          const answer = { status };
          status = 204;
          return answer;
        },
      },
    ],
  };
  const smf = await serveSbi({ listen: [{ host: '127.0.0.1', port: 0 }], routeSets: [callback], log });
  t.after(() => smf.close());
  const notifyUri = `http://127.0.0.1:${smf.ports[0]}/nsmf-callback/v1/notify/1`;
  await post('', data(number, SMF, 0, [{}], { notifyUri }));
  const [session] = await openSessionsOfLine(house.database, line);
  assert.ok(session !== undefined && door.hasServed(session));
  assert.equal(await door.reauthorise(session), 'told');
  const reauthorise = { notificationType: 'REAUTHORIZATION', reauthorizationDetails: [{ ratingGroup: 10 }] };
  assert.deepEqual(heard, [reauthorise, reauthorise]);
  assert.equal(await door.abort(session), 'told');
  assert.deepEqual(heard.at(-1), { notificationType: 'ABORT_CHARGING' });
  status = 404;
  assert.equal(await door.reauthorise(session), 'unknown_there');
  assert.equal(await door.reauthorise({ ...session, notify: 'http://127.0.0.1:1/x' }), 'unanswered');
  assert.equal(await door.reauthorise({ ...session, notify: null }), 'no_address');
});

test('a consumer that comes from anywhere comes by TLS, with a certificate of its name', async (t) => {
  const [own, theirs, other] = ['chf.everline.example', 'smf.5gc.example', 'other.5gc.example'].map(makeCertificate);
  assert.ok(own && theirs && other);
  const tls = { ...own, ca: [theirs.cert, other.cert], requestCert: true, rejectUnauthorized: false };
  const peer = { ...peerOf('smf.5gc.example'), addresses: [], needsTls: true };
  const { door, number, post } = await nchfHouse(t, {
    listen: [
      { host: '127.0.0.1', port: 0 },
      { host: '127.0.0.1', port: 0, tls },
    ],
    peers: () => [peer],
  });
  const body = data(number, 'smf.5gc.example', 0);
  assert.equal((await post('', body)).status, 403, 'not by TLS');
  const statusWith = async (shown: ReturnType<typeof makeCertificate> | undefined) => {
    const client = createSbiClient({ ca: own.cert, servername: 'chf.everline.example', ...shown });
    const url = `https://127.0.0.1:${door.ports[1]}/nchf-convergedcharging/v3/chargingdata`;
    const outcome = await client.request({ method: 'POST', url, body });
    client.close();
    return outcome.kind === 'answered' ? outcome.status : outcome.why;
  };
  assert.equal(await statusWith(undefined), 403, 'without a certificate');
  assert.equal(await statusWith(other), 403, 'with that of somebody else');
  assert.equal(await statusWith(makeCertificate('smf.5gc.example')), 403, 'with one that nobody signed');
  assert.equal(await statusWith(theirs), 201);
});

test('who may ask at which door is a list, and each change of it is recorded (S4)', async (t) => {
  const { tools, database } = await testHouse(t);
  const by = { actor: 'test', reason: 'test' };
  const common = { profile: 'free5gc', addresses: ['192.0.2.7'], needsTls: false, carriesOthers: false, requestsMax: 10 } as const;
  assert.equal(await savePeer(tools, { ...common, originHost: 'SMF', door: 'nchf', nfInstanceId: SMF.toUpperCase() }, by), undefined);
  assert.deepEqual(await listPeers(database), [{ ...common, originHost: 'smf', door: 'nchf', nfInstanceId: SMF }]);
  const refused = await savePeer(tools, { ...common, originHost: 'SMF' }, by);
  assert.equal(isRefusal(refused) && refused.code, 'charging.peer_name_invalid');
});

test('a beginning and a report that two nodes hear at once are one beginning and one debit (G1)', async (t) => {
  const { house, line, number, root } = await nchfHouse(t);
  const engine = createChargingEngine(house.tools, async () => house.catalog, log);
  t.after(() => engine.close());
  const other = await openNchf({
    listen: [{ host: '127.0.0.1', port: 0 }],
    ...{ engine, clock: house.clock, log, peers: () => [peerOf(SMF), peerOf('smf', 'free5gc')] },
    nameReference: (beginning) => nameReference(house.database, beginning),
  });
  const client = createSbiClient();
  t.after(async () => {
    client.close();
    await other.close();
  });
  const roots = [root, root.replace(/:\d+/, `:${other.ports[0]}`), root];
  const atBoth = (path: string, body: object) =>
    Promise.all(
      roots.map(async (one) => {
        const outcome = await client.request({ method: 'POST', url: `${one}${path}`, body });
        assert.equal(outcome.kind, 'answered');
        return outcome as Extract<typeof outcome, { kind: 'answered' }>;
      }),
    );
  for (const [name, sequence] of [
    [SMF, 1],
    ['smf', undefined],
  ] as const) {
    const before = (await usedIn(house, line)) as bigint;
    const begun = await atBoth('', data(number, name, 0, [{}], { chargingId: sequence ?? 99 }));
    const references = new Set(begun.map(({ headers }) => String(headers.location).split('/').at(-1)));
    assert.equal(references.size, 1, `${name}: ${[...references].join()}`);
    const reports = await atBoth(`/${[...references][0]}/update`, data(number, name, sequence, [{ used: 1_000_000 }]));
    assert.deepEqual(new Set(reports.map(({ status }) => status)), new Set([200]));
    assert.equal(((await usedIn(house, line)) as bigint) - before, 1_000_000n, name);
  }
});
