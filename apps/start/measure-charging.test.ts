/** A charging node's /metrics, over HTTP, while a packet core asks it. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { savePeer } from '#domain/charging';
import { linkSim, stockSim } from '#domain/sims';
import { createDirectCheck, createServer as createDoors } from '#platform/http';
import { createLog } from '#platform/log';
import { createMetrics } from '#platform/metrics';
import { startPacketCore } from '#simulators/packet-core';
import { activeLine, allowed, testHouse } from '#tests/house';
import { readMetrics } from '#tests/metrics';
import type { House } from '../house/index.ts';
import { openNetwork } from './open-network.ts';

const log = createLog(2, 'silent');
const CORE = 'core.epc.example';

test('/metrics tells of requests, latency, losses, peers and sessions, to those who may know [FX-2]', async (t) => {
  const tested = await testHouse(t);
  const { tools, catalog, clock } = tested;
  const peer = {
    originHost: CORE,
    profile: 'open5gs',
    addresses: ['127.0.0.1'],
    needsTls: false,
    carriesOthers: false,
    requestsMax: 100,
  } as const;
  assert.equal(await savePeer(tools, peer, { actor: 'test', reason: 'test' }), undefined);
  const line = await activeLine(tested, { plan: 'day-1gb' });
  const [iccid, imsi] = ['8901260000000000014', '310260000000001'];
  await tools.database.transaction(async (tx) => {
    allowed(await stockSim(tx, { iccid, imsi, activationCode: 'A1' }));
    await linkSim(tx, { ...line, iccid, at: clock.business() });
  });
  const metrics = createMetrics();
  // Of a house the network's side wants no more than this.
  const house = { tools, log, catalog: { current: async () => catalog, latest: () => catalog } } as unknown as House;
  const network = await openNetwork({
    ...{
      house,
      connection: tested.connection,
      host: '127.0.0.1',
      port: 0,
      originHost: 'ocs.everline.example',
      originRealm: 'everline.example',
      metrics,
      nchf: { port: 0, host: '127.0.0.1', tls: undefined },
      nrf: undefined,
    },
  });
  t.after(() => network.close());
  const allows = createDirectCheck(['127.0.0.1']);
  const fallback = (_: unknown, response: { writeHead(status: number): { end(): void } }) => response.writeHead(404).end();
  const doors = await createDoors({
    log,
    doors: [],
    fallback,
    health: async () => ({ ready: true }),
    metrics: { text: () => metrics.text(), allows },
  });
  const server = createServer(doors.handle).listen(0, '127.0.0.1');
  t.after(() => Promise.all([doors.close(), new Promise((resolve) => server.close(resolve))]));
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;

  const core = await startPacketCore({
    ...{ host: '127.0.0.1', port: network.gy.ports[0] ?? 0, originHost: CORE, profile: 'open5gs', clock, log, txMs: 0 },
    subscribers: [{ imsi, traffic: { kind: 'steady', kbps: 370_000 } }],
  });
  t.after(() => core.close());
  for (const session of core.core.sessions) session.start();
  for (let second = 0; second < 60; second += 1) {
    clock.advance(1000);
    await core.core.advance(1000);
  }
  await metrics.text();
  clock.advance(30_000);
  const answer = await fetch(url);
  assert.equal(answer.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
  const series = readMetrics(await answer.text());
  const of = (name: string) => [...series].filter(([key]) => key.startsWith(name)).reduce((sum, [, value]) => sum + value, 0);
  assert.equal(series.get(`everline_peer_up{peer="${CORE}"}`), 1);
  assert.ok(of('everline_charging_requests_total{door="gy",kind="data",operation="update"') > 0);
  assert.equal(of('everline_charging_answer_seconds_count'), of('everline_charging_requests_total'));
  assert.equal(of('everline_charging_batch_requests_sum'), of('everline_charging_requests_total'), 'each was in one batch');
  assert.equal(series.get('everline_charging_waiting{door="gy"}'), 0);
  assert.ok(of('everline_peer_answers_total') > 0 && of('everline_peer_received_octets_total') > 0);
  assert.ok(of('everline_charging_lost_units_total{kind="data"}') > 0, 'Open5GS goes on past the end, and that is told');
  assert.equal((await fetch(url, { headers: { 'x-forwarded-for': '127.0.0.1' } })).status, 404);
});
