/** What is said on the wire in a whole run, by both sides, held against 3GPP's own description of the interface. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSessionsOfLine } from '#domain/charging';
import { createLog } from '#platform/log';
import { createSbiClient, instanceIdOf, registerAtNrf, serveSbi } from '#platform/sbi';
import { allowed, buy, RENEW } from '#tests/house';
import { assertNchfBooks, type Exchange, type Fits, nchfScene, play, readSchemas, recordExchanges, SCHEMAS_ABSENT } from './index.ts';

const skip = SCHEMAS_ABSENT;
const log = createLog(2, 'silent');
const read = () => {
  const schemas = readSchemas('TS32291_Nchf_ConvergedCharging');
  const common = readSchemas('TS29571_CommonData');
  return {
    request: schemas('ChargingDataRequest'),
    response: schemas('ChargingDataResponse'),
    notification: schemas('ChargingNotifyRequest'),
    problem: common('ProblemDetails'),
  };
};

/** What each path may answer (TS 32.291 Annex A.2). */
const STATUS: Readonly<Record<string, number>> = {
  '/chargingdata': 201,
  '/chargingdata/{ref}/update': 200,
  '/chargingdata/{ref}/release': 204,
};

function assertAnswers(exchanges: readonly Exchange[], fits: { readonly response: Fits; readonly problem: Fits }): void {
  for (const { path, status, contentType, answer } of exchanges) {
    const what = `${path} ${status} ${JSON.stringify(answer)}`;
    if (status >= 400) {
      assert.equal(contentType, 'application/problem+json', what);
      assert.equal(fits.problem(answer), true, what);
      assert.equal((answer as { status: number }).status, status);
    } else {
      assert.equal(status, STATUS[path], what);
      if (status === 204) assert.equal(answer, undefined);
      else assert.deepEqual([contentType, fits.response(answer)], ['application/json', true], what);
    }
  }
}

for (const profile of ['standard', 'free5gc'] as const)
  test(`every request and answer of a session that runs dry, renews and ends is as 3GPP describes it (${profile})`, { skip }, async (t) => {
    const fits = read();
    const { exchanges, through } = recordExchanges(t);
    const door5g = profile === 'standard' ? { redirectUrl: 'http://renew.northwind.example/' } : {};
    const opened = await nchfScene(t, { profile, lines: [{ plan: 'day-1gb' }], through, door: () => door5g });
    const { core, house, lines, door } = opened;
    const [line] = lines;
    assert.ok(line);
    core.core.sessions[0]?.start();
    const isDry = () => ['blocked', 'redirected'].includes(core.state().sessions[0]?.services[0]?.state ?? '');
    await play(opened, 200, isDry);
    assert.ok(isDry());
    // Stopped already when its next session begins.
    core.core.sessions[0]?.stop();
    await play(opened, 3);
    core.core.sessions[0]?.start();
    await play(opened, 3, isDry);
    assert.ok(isDry());
    allowed(await buy(house, line, [RENEW]));
    for (const session of await openSessionsOfLine(house.database, line)) await door.reauthorise(session);
    await play(opened, 30);
    await assertNchfBooks(opened);
    assert.deepEqual(new Set(exchanges.map(({ path }) => path)), new Set(Object.keys(STATUS)));
    assertAnswers(exchanges, fits);
    const redirects = exchanges.filter(({ answer }) => JSON.stringify(answer)?.includes('REDIRECT'));
    const without = redirects.filter(({ answer }) => !JSON.stringify(answer).includes('grantedUnit'));
    if (profile === 'standard') assert.ok(redirects.length > without.length && without.length > 0, 'with the last quota, and without one');
    for (const { request } of exchanges) {
      const said = fits.request(request);
      // free5GC gives the name of its configuration where the standard has the id of its instance; nothing else of it strays.
      if (profile === 'free5gc') assert.match(String(said), /^data\/nfConsumerIdentification\/nFName must match format "uuid"$/);
      else assert.equal(said, true, JSON.stringify(request));
    }
  });

test('what is refused is refused as 3GPP describes it', { skip }, async (t) => {
  const fits = read();
  const { exchanges, through } = recordExchanges(t);
  let port = 0;
  const opened = await nchfScene(t, {
    ...{ profile: 'standard', lines: [{}] },
    through: async (own) => {
      port = await through(own);
      return port;
    },
  });
  const client = createSbiClient();
  t.after(() => client.close());
  const good = {
    subscriberIdentifier: `imsi-${opened.lines[0]?.imsi}`,
    nfConsumerIdentification: { nodeFunctionality: 'SMF', nFFqdn: 'smf.5gc.example' },
    invocationTimeStamp: '2026-11-21T12:00:00Z',
    invocationSequenceNumber: 0,
    multipleUnitUsage: [{ ratingGroup: 10, requestedUnit: {} }],
  };
  const bodies: readonly (readonly [string, unknown, number])[] = [
    ['', good, 201],
    ['', { ...good, subscriberIdentifier: 'imsi-999999999999999' }, 404],
    ['', { ...good, nfConsumerIdentification: { nodeFunctionality: 'SMF', nFName: 'stranger' } }, 403],
    ['', {}, 400],
    ['', { ...good, invocationTimeStamp: 'today' }, 400],
    ['', [], 400],
    ['/nobody/update', { ...good, invocationSequenceNumber: 1 }, 404],
    ['/nobody/release', { ...good, invocationSequenceNumber: 1 }, 404],
  ];
  for (const [path, body, status] of bodies) {
    const url = `http://127.0.0.1:${port}/nchf-convergedcharging/v3/chargingdata${path}`;
    const outcome = await client.request({ method: 'POST', url, body });
    assert.equal(outcome.kind === 'answered' && outcome.status, status, JSON.stringify(body));
  }
  assertAnswers(exchanges, fits);
});

test('what a consumer is told of its sessions is as 3GPP describes it', { skip }, async (t) => {
  const { notification } = read();
  const heard: unknown[] = [];
  const smf = await serveSbi({
    ...{ listen: [{ host: '127.0.0.1', port: 0 }], log },
    routeSets: [
      {
        ...{ name: 'callback', version: 'v1', fullVersion: '1.0.0' },
        routes: [
          {
            ...{ method: 'POST', path: '/one' },
            answer: ({ body }) => {
              heard.push(body);
              return { status: 204 };
            },
          },
        ],
      },
    ],
  });
  t.after(() => smf.close());
  const { door } = await nchfScene(t, { profile: 'standard', lines: [] });
  const notify = `http://127.0.0.1:${smf.ports[0]}/callback/v1/one`;
  const session = { peer: 'smf', reference: 'x', notify, groups: [{ ratingGroup: 10 }, { ratingGroup: 20 }, { ratingGroup: 10 }] };
  await door.reauthorise(session);
  await door.abort(session);
  assert.equal(heard.length, 2);
  for (const body of heard) assert.equal(notification(body), true, JSON.stringify(body));
});

test('what is said to the NRF is as 3GPP describes it', { skip }, async (t) => {
  const fits = readSchemas('TS29510_Nnrf_NFManagement')('NFProfile');
  const said: unknown[] = [];
  const nrf = await serveSbi({
    ...{ listen: [{ host: '127.0.0.1', port: 0 }], log },
    routeSets: [
      {
        ...{ name: 'nnrf-nfm', version: 'v1', fullVersion: '1.2.0' },
        routes: [
          {
            ...{ method: 'PUT', path: '/nf-instances/{id}' },
            answer: ({ body }) => {
              said.push(body);
              return { status: 201, body };
            },
          },
          { method: 'DELETE', path: '/nf-instances/{id}', answer: () => ({ status: 204 }) },
        ],
      },
    ],
  });
  t.after(() => nrf.close());
  const { door } = await nchfScene(t, { profile: 'standard', lines: [] });
  const client = createSbiClient();
  t.after(() => client.close());
  for (const host of ['192.0.2.7', '2001:db8::7', 'chf.everline.example']) {
    const facts = { nfType: 'CHF', host, port: 7777, routeSets: door.routeSets, heartbeatSeconds: 30, scheme: 'http' } as const;
    const nrfUrl = `http://127.0.0.1:${nrf.ports[0]}`;
    await registerAtNrf({ nrfUrl, facts: { ...facts, instanceId: instanceIdOf(host) }, needsToken: false, client, log }).close();
  }
  assert.equal(said.length, 3);
  for (const body of said) assert.equal(fits(body), true, JSON.stringify(body));
});
