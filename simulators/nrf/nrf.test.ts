/** The door registered at an NRF over real sockets, and the tokens that the NRF gives. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { createLog } from '#platform/log';
import { createSbiClient, createTokenChecker, instanceIdOf, type RouteSet, registerAtNrf, serveSbi } from '#platform/sbi';
import { startNrf } from './start-nrf.ts';

const log = createLog(2, 'silent');
const SMF = instanceIdOf('smf');
const CHF = instanceIdOf('chf');
const SET: RouteSet = {
  ...{ name: 'nchf-convergedcharging', version: 'v3', fullVersion: '3.2.0' },
  routes: [{ method: 'GET', path: '/who', answer: ({ caller }) => ({ status: 200, body: { subject: caller.tokenSubject } }) }],
};

const PLACE = { scheme: 'http', host: '127.0.0.1', port: 7777 } as const;

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries += 1) {
    assert.ok(tries < 500, 'it happened in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('a door is registered with its services and prefix, told again when it was forgotten, and gone when it closes', async (t) => {
  const simulator = await startNrf({ heartbeatSeconds: 0.05 });
  const client = createSbiClient();
  t.after(async () => {
    client.close();
    await simulator.close();
  });
  const facts = { ...PLACE, instanceId: CHF, nfType: 'CHF', routeSets: [SET], heartbeatSeconds: 30 };
  const registration = registerAtNrf({ nrfUrl: simulator.url, facts, needsToken: true, client, retryMs: 20, log });
  await until(() => simulator.nrf.counts.heartbeats > 0);
  const found = await client.request({
    ...{ method: 'GET', url: `${simulator.url}/nnrf-disc/v1/nf-instances?target-nf-type=CHF&requester-nf-type=SMF` },
  });
  assert.equal(found.kind, 'answered');
  const { nfInstances } = (found as { body: { nfInstances: { nfInstanceId: string; nfServices: Record<string, unknown>[] }[] } }).body;
  assert.equal(nfInstances[0]?.nfInstanceId, CHF);
  const [service] = nfInstances[0]?.nfServices ?? [];
  assert.deepEqual([service?.['serviceName'], service?.['apiPrefix']], ['nchf-convergedcharging', 'http://127.0.0.1:7777']);
  simulator.nrf.forget();
  await until(() => simulator.nrf.find(CHF) !== undefined);
  await registration.close();
  assert.equal(simulator.nrf.find(CHF), undefined);
  assert.equal(simulator.nrf.counts.deregistrations, 1);
});

test('an NRF that is away when we start is found later', async (t) => {
  const first = await startNrf();
  await first.close();
  const port = Number(new URL(first.url).port);
  const client = createSbiClient();
  const facts = {
    ...{ instanceId: CHF, nfType: 'CHF', host: 'chf.example', port: 1, routeSets: [], heartbeatSeconds: 30 },
    scheme: 'http' as const,
  };
  const registration = registerAtNrf({ nrfUrl: first.url, facts, needsToken: false, client, retryMs: 20, log });
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.equal(registration.isRegistered, false);
  const simulator = await startNrf({ port });
  t.after(async () => {
    await registration.close();
    client.close();
    await simulator.close();
  });
  await until(() => registration.isRegistered);
});

for (const algorithm of ['RS512', 'ES256'] as const)
  test(`a token that the NRF signed (${algorithm}) for us and our service is taken, and no other`, async (t) => {
    let now = new Date('2026-11-21T12:00:00Z');
    const simulator = await startNrf({ algorithm, now: () => now });
    const { nrf } = simulator;
    const checkToken = createTokenChecker({ signers: [nrf.publicKey], audiences: [CHF, 'CHF'], now: () => now });
    const server = await serveSbi({ listen: [{ host: '127.0.0.1', port: 0 }], routeSets: [SET], checkToken, log });
    const client = createSbiClient();
    t.after(async () => {
      client.close();
      await Promise.all([simulator.close(), server.close()]);
    });
    const url = `http://127.0.0.1:${server.ports[0]}/nchf-convergedcharging/v3/who`;
    const statusWith = async (token: string | undefined) => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const outcome = await client.request({ method: 'GET', url, headers });
      return outcome.kind === 'answered' ? outcome.status : outcome.kind;
    };
    const ask = { nfInstanceId: SMF, nfType: 'SMF', targetNfType: 'CHF', targetNfInstanceId: '', scope: 'nchf-convergedcharging' };
    const good = nrf.token(ask);
    assert.equal(await statusWith(good), 200);
    assert.equal(await statusWith(nrf.token({ ...ask, targetNfInstanceId: CHF })), 200);
    // As free5GC's NRF answers who asks by type: it names no producer.
    assert.equal(await statusWith(nrf.token({ ...ask, targetNfType: '' })), 200);
    assert.equal(await statusWith(undefined), 401);
    assert.equal(await statusWith('a.b.c'), 401);
    assert.equal(await statusWith(nrf.token({ ...ask, targetNfInstanceId: SMF })), 401);
    assert.equal(await statusWith(nrf.token({ ...ask, targetNfType: 'PCF' })), 401);
    assert.equal(await statusWith(nrf.token({ ...ask, scope: 'nudm-sdm nchf-spendinglimitcontrol' })), 403);
    const [head = '', body = '', signature = ''] = good.split('.');
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { sub: SMF, aud: 'CHF', scope: 'nchf-convergedcharging', exp: 4_000_000_000 };
    assert.equal(await statusWith(`${head}.${part(claims)}.${signature}`), 401, 'other claims under its signature');
    assert.equal(await statusWith(`${part({ alg: 'none' })}.${body}.${signature}`), 401, 'no algorithm');
    assert.equal(await statusWith(`${part({ alg: 'HS256' })}.${body}.${signature}`), 401, 'a secret made of its public key');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const forged = `${part({ alg: 'RS512' })}.${part(claims)}`;
    assert.equal(
      await statusWith(`${forged}.${sign('sha512', Buffer.from(forged), privateKey).toString('base64url')}`),
      401,
      'another key',
    );
    now = new Date('2026-11-21T13:00:00Z');
    assert.equal(await statusWith(good), 401, 'expired');
  });
