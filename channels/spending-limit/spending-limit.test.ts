/** The spending limit door over HTTP/2, asked as a PCF asks; and what the PCF is told. Lines and database are real. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { reportUse } from '#domain/lines';
import { changeWatch, endWatch, openWatch, type Teller, tellWatchersOf } from '#domain/policy';
import { linkSim, stockSim } from '#domain/sims';
import { parseStatement } from '#platform/database';
import { formatId } from '#platform/ids';
import { createLog } from '#platform/log';
import { createSbiClient, type RouteSet, type SbiAnswer, serveSbi } from '#platform/sbi';
import { readSchemas } from '#tests/conformance';
import { activeLine, allowed, buy, RENEW, stateOf, testHouse } from '#tests/house';
import { createSpendingLimitTeller, spendingLimitRoutes } from './index.ts';

const log = createLog(2, 'silent');
const IMSI = '310260123456789';
const PCF = { originHost: 'pcf.5gc.example', addresses: ['127.0.0.1'], needsTls: false };
const schemas = readSchemas('TS29594_Nchf_SpendingLimitControl.yaml');

/** A PCF's own side: what it was told, and what it answers. */
async function openPcf(t: TestContext) {
  const heard: { readonly what: string; readonly body: unknown }[] = [];
  const answers: SbiAnswer[] = [];
  const take =
    (what: string): RouteSet['routes'][number]['answer'] =>
    ({ body }) => {
      schemas.check(what === 'notify' ? 'SpendingLimitStatus' : 'SubscriptionTerminationInfo', body);
      heard.push({ what, body });
      return answers.shift() ?? { status: 204 };
    };
  const routes = ['notify', 'terminate'].map((what) => ({ method: 'POST', path: `/limits/{id}/${what}`, answer: take(what) }) as const);
  const server = await serveSbi({
    listen: [{ host: '127.0.0.1', port: 0 }],
    routeSets: [{ name: 'npcf-callback', version: 'v1', fullVersion: '1.0.0', routes }],
    log,
  });
  t.after(() => server.close());
  return { heard, answers, notifUri: `http://127.0.0.1:${server.ports[0]}/npcf-callback/v1/limits/7` };
}

async function scene(t: TestContext, peers = [PCF]) {
  const house = await testHouse(t);
  const { tools, catalog } = house;
  const server = await serveSbi({
    listen: [{ host: '127.0.0.1', port: 0 }],
    routeSets: [
      spendingLimitRoutes({
        open: (request) => openWatch(tools, catalog, request),
        change: (request) => changeWatch(tools, catalog, request),
        end: (name) => endWatch(tools, name),
        newReference: () => formatId('limit', tools.mintId(0)),
        peers: () => peers,
        now: () => tools.clock.transport(),
        log,
      }),
    ],
    log,
  });
  const client = createSbiClient();
  t.after(async () => {
    client.close();
    await server.close();
  });
  const line = await activeLine(house);
  await house.database.transaction(async (tx) => {
    allowed(await stockSim(tx, { iccid: '8901260123456789011', imsi: IMSI }));
    await linkSim(tx, { ...line, iccid: '8901260123456789011', at: house.clock.business() });
  });
  const root = `http://127.0.0.1:${server.ports[0]}/nchf-spendinglimitcontrol/v1`;
  const ask = async (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => {
    const outcome = await client.request({ method, url: path.startsWith('http') ? path : `${root}${path}`, body });
    assert.equal(outcome.kind, 'answered', JSON.stringify(outcome));
    return outcome as Extract<typeof outcome, { kind: 'answered' }>;
  };
  const doors = { peers: () => [], spendingLimit: true, ...createSpendingLimitTeller(client) };
  const teller: Teller = { tools, catalog: async () => catalog, doors };
  const use = async () => {
    const quantity = 6_000_000_000n;
    allowed(await reportUse(tools, catalog, { ...line, key: `use-${tools.mintId(0)}`, service: 'data', zone: 'home', quantity }));
  };
  return { house, line, ask, use, tell: () => tellWatchersOf(teller, `${line.accountId}`) };
}

const causeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { cause?: string }).cause];

test('a PCF hears how a line stands, that it is throttled when its data is gone, and full after a renewal [LIFE-1, FX-2]', async (t) => {
  const { house, line, ask, use, tell } = await scene(t);
  const pcf = await openPcf(t);
  const context = { supi: `imsi-${IMSI}`, notifUri: pcf.notifUri, notifId: 'n1', supportedFeatures: '3' };
  schemas.check('SpendingLimitContext', context);
  const made = await ask('POST', '/subscriptions', context);
  assert.equal(made.status, 201);
  const ends = async () => (await stateOf(house, line)).line.paidUntil?.toISOString();
  const statusInfos = (status: string, activationTime: string | undefined) => ({
    data: {
      ...{ policyCounterId: 'data', currentStatus: status },
      penPolCounterStatuses: [{ policyCounterStatus: 'barred', activationTime }],
    },
  });
  const firstEnd = await ends();
  const begun = { supi: `imsi-${IMSI}`, notifId: 'n1', statusInfos: statusInfos('full', firstEnd), supportedFeatures: '0' };
  assert.deepEqual(made.body, begun);
  schemas.check('SpendingLimitStatus', made.body);
  await use();
  await tell();
  await buy(house, line, [RENEW]);
  await tell();
  await tell();
  assert.deepEqual(
    pcf.heard.splice(0),
    [statusInfos('throttled-128', firstEnd), statusInfos('full', await ends())].map((infos) => ({
      what: 'notify',
      body: { supi: `imsi-${IMSI}`, notifId: 'n1', statusInfos: infos },
    })),
  );
  const location = made.headers.location ?? '';
  assert.match(location, /\/nchf-spendinglimitcontrol\/v1\/subscriptions\/limit_\w+$/);
  assert.equal((await ask('DELETE', location)).status, 204);
  assert.deepEqual(causeOf(await ask('DELETE', location)), [404, 'SUBSCRIPTION_NOT_FOUND']);
  await use();
  await tell();
  assert.deepEqual(pcf.heard, []);
});

test('a subscription that is replaced is told elsewhere from then on, and ends when its time is over', async (t) => {
  const { house, ask, use, tell } = await scene(t);
  const [before, after] = [await openPcf(t), await openPcf(t)];
  const made = await ask('POST', '/subscriptions', { supi: `imsi-${IMSI}`, notifUri: before.notifUri });
  const expiry = new Date(house.clock.transport().getTime() + 3600_000).toISOString();
  const replaced = await ask('PUT', made.headers.location ?? '', { policyCounterIds: ['data'], notifUri: after.notifUri, expiry });
  assert.equal(replaced.status, 200);
  schemas.check('SpendingLimitStatus', replaced.body);
  assert.equal((replaced.body as { expiry?: string }).expiry, expiry);
  await use();
  await tell();
  assert.deepEqual([before.heard.length, after.heard.length], [0, 1]);
  assert.deepEqual(causeOf(await ask('PUT', '/subscriptions/limit_0000000000000', { notifUri: after.notifUri })), [
    404,
    'SUBSCRIPTION_NOT_FOUND',
  ]);
});

test('a PCF that has forgotten a subscription has ended it, and one that moved is told where it is', async (t) => {
  const { house, line, ask, use, tell } = await scene(t);
  const [old, moved] = [await openPcf(t), await openPcf(t)];
  const made = await ask('POST', '/subscriptions', { supi: `imsi-${IMSI}`, notifUri: old.notifUri });
  old.answers.push({ status: 307, headers: { location: `${moved.notifUri}/notify` } });
  await use();
  await tell();
  assert.equal(moved.heard.length, 1);
  house.clock.advance(10_000);
  old.answers.push({ status: 404 });
  await buy(house, line, [RENEW]);
  await tell();
  assert.equal((await ask('DELETE', made.headers.location ?? '')).status, 404);
});

test('a SIM that serves no line any more ends the subscription, and its PCF is told', async (t) => {
  const { house, ask, tell } = await scene(t);
  const pcf = await openPcf(t);
  await ask('POST', '/subscriptions', { supi: `imsi-${IMSI}`, notifUri: pcf.notifUri, notifId: 'x' });
  await house.database.query(freeSim, { imsi: IMSI });
  await tell();
  const body = { supi: `imsi-${IMSI}`, notifId: 'x', termCause: 'REMOVED_SUBSCRIBER' };
  assert.deepEqual(pcf.heard, [{ what: 'terminate', body }]);
  schemas.check('SubscriptionTerminationInfo', body);
});

const freeSim = parseStatement(
  'test.free-sim-of-watch',
  'update sims.sim set slot = null, account_id = null, line_id = null, linked_at = null where imsi = :imsi',
);

test('what does not fit is refused with the standard’s own cause, each part by name', async (t) => {
  const { ask } = await scene(t);
  const notifUri = 'http://127.0.0.1:1/n';
  const supi = `imsi-${IMSI}`;
  const refused = async (body: unknown) => {
    const answer = await ask('POST', '/subscriptions', body);
    const params = (answer.body as { invalidParams?: { param: string }[] }).invalidParams?.map(({ param }) => param) ?? [];
    return [...causeOf(answer), ...params];
  };
  assert.deepEqual(await refused({ supi: 'imsi-310260000000001', notifUri }), [400, 'USER_UNKNOWN']);
  assert.deepEqual(await refused({ supi: 'nai-a@b', notifUri }), [400, 'USER_UNKNOWN']);
  assert.deepEqual(await refused({ supi, notifUri, policyCounterIds: ['gold'] }), [400, 'UNKNOWN_POLICY_COUNTERS', '/policyCounterIds']);
  assert.deepEqual(await refused({ notifUri }), [400, 'MANDATORY_IE_MISSING', '/supi']);
  assert.deepEqual(await refused({ supi }), [400, 'MANDATORY_IE_MISSING', '/notifUri']);
  const nul = String.fromCharCode(0);
  for (const [param, more] of [
    ['/notifUri', { notifUri: 'ftp://x/' }],
    ['/supi', { supi: 7 }],
    ['/supi', { supi: `imsi-1${nul}` }],
    ['/policyCounterIds', { policyCounterIds: [] }],
    ['/policyCounterIds', { policyCounterIds: [7] }],
    ['/expiry', { expiry: 'tomorrow' }],
    ['/expiry', { expiry: '2020-01-01T00:00:00Z' }],
    ['/supportedFeatures', { supportedFeatures: 'xyz' }],
  ] as const)
    assert.deepEqual(await refused({ supi, notifUri, ...more }), [400, 'MANDATORY_IE_INCORRECT', param]);
  for (const body of [[], 'text', 7]) assert.deepEqual((await refused(body)).slice(0, 2), [400, 'MANDATORY_IE_INCORRECT']);
});

test('a consumer that nobody named is refused, and reaches nobody else’s subscription', async (t) => {
  const other = { ...PCF, originHost: 'other.5gc.example' };
  const peers = [PCF];
  const { ask } = await scene(t, peers);
  const made = await ask('POST', '/subscriptions', { supi: `imsi-${IMSI}`, notifUri: 'http://127.0.0.1:1/n' });
  peers.splice(0, 1, other);
  assert.equal((await ask('DELETE', made.headers.location ?? '')).status, 404);
  peers.splice(0, 1, { ...PCF, addresses: ['192.0.2.1'] });
  assert.deepEqual(causeOf(await ask('DELETE', made.headers.location ?? '')), [403, 'CONSUMER_NOT_ALLOWED']);
});

test('bodies are held against the OpenAPI file of the standard', { skip: schemas.absent }, () => {
  assert.throws(() => schemas.check('PolicyCounterInfo', { policyCounterId: 'data' }), /currentStatus/);
});
