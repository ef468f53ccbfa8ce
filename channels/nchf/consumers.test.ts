/** Who asks at the Nchf door, from where and at which node; and what they are told without asking. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createChargingEngine, listPeers, nameReference, openSessionsOfLine, replacedBy, savePeer } from '#domain/charging';
import { createLog } from '#platform/log';
import { isRefusal } from '#platform/refusals';
import { createSbiClient, type RouteSet, serveSbi } from '#platform/sbi';
import { makeCertificate } from '#tests/diameter';
import { testHouse } from '#tests/house';
import { data, nchfHouse, peerOf, SMF, usedIn } from '#tests/nchf';
import { openNchf } from './index.ts';

const log = createLog(2, 'silent');

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

test('a token that was made for another consumer is refused, whoever says its name', async (t) => {
  let subject = SMF;
  const { number, post } = await nchfHouse(t, {
    checkToken: () => ({ subject }),
    peers: () => [{ ...peerOf('smf'), nfInstanceId: SMF }],
  });
  assert.equal((await post('', data(number, 'SMF', 0))).status, 201, 'by its name');
  assert.equal((await post('', data(number, SMF, 0))).status, 201, 'by its instance');
  subject = 'aaaaaaaa-6d5f-4a5b-9a55-3f5d6f0f7a11';
  assert.equal((await post('', data(number, 'SMF', 0))).status, 403);
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
    replacedBy: (session) => replacedBy(house.database, session),
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
