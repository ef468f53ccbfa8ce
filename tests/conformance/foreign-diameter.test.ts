/**
 * Gy and Sy with others: a client and a relay that are none of ours, against the doors as they run, and what passed read by
 * tshark. Each is skipped, visibly, where its program is not there.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { savePeer } from '#domain/charging';
import { readLine } from '#domain/lines';
import { createLog } from '#platform/log';
import { writeCapture } from '#tests/diameter';
import { activeLine, buy, RENEW, testHouse } from '#tests/house';
import { buildHouse, drainOutbox, type House } from '../../apps/house/index.ts';
import { openNetwork } from '../../apps/start/index.ts';
import { type ForeignClient, findForeignClient, openTap, RELAY, relayAbsent, startForeignClient, startRelay, type Tap } from './index.ts';

const log = createLog(2, 'silent');
const [CLIENT, OCS, REALM] = ['client.epc.example', 'ocs.everline.example', 'everline.example'];
const MB = 1_000_000;
const found = findForeignClient();
const python = 'python' in found ? found.python : '';
const skip = 'absent' in found ? found.absent : false;
const tsharkAbsent = spawnSync('tshark', ['--version']).status === 0 ? false : 'tshark is not on this machine';

type Scene = { readonly house: House; readonly number: string; readonly tap: Tap; renew(): Promise<unknown> };

async function scene(t: TestContext): Promise<Scene> {
  const tested = await testHouse(t);
  tested.clock.advance(Date.now() - tested.clock.transport().getTime());
  const { connection, provider } = tested;
  const house = await buildHouse({ connection, connectionsMax: 8, publicUrl: 'https://northwind.example', provider, senders: {}, log });
  t.after(() => house.close());
  const peer = { profile: 'standard', addresses: ['127.0.0.1'], needsTls: false, requestsMax: 100 } as const;
  const by = { actor: 'test', reason: 'test' };
  assert.equal(await savePeer(house.tools, { ...peer, originHost: CLIENT, carriesOthers: false }, by), undefined);
  assert.equal(await savePeer(house.tools, { ...peer, originHost: RELAY, carriesOthers: true }, by), undefined);
  const line = await activeLine(tested, { plan: 'day-1gb' });
  await drainOutbox(house);
  const network = await openNetwork({
    ...{ house, connection, host: '127.0.0.1', port: 0, originHost: OCS, originRealm: REALM },
    ...{ nchf: { port: 0, host: '127.0.0.1', tls: undefined }, nrf: undefined },
  });
  t.after(() => network.close());
  const tap = await openTap(network.gy.ports[0] ?? 0);
  t.after(() => tap.close());
  const { number } = (await readLine(house.tools.database, line)).line;
  return { house, number, tap, renew: () => buy(tested, line, [RENEW]) };
}

/** How the counter stands, and that it is told ahead what it will be when the day is over. */
function assertStands({ 'Policy-Counter-Status-Report': report }: Readonly<Record<string, unknown>>, status: string): void {
  const { 'Pending-Policy-Counter-Information': ahead, ...present } = report as Readonly<Record<string, unknown>>;
  assert.deepEqual(present, { 'Policy-Counter-Identifier': 'data', 'Policy-Counter-Status': status });
  const { 'Pending-Policy-Counter-Change-Time': at, ...pending } = ahead as Readonly<Record<string, unknown>>;
  assert.deepEqual(pending, { 'Policy-Counter-Status': 'barred' });
  assert.match(String(at), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
}

/** Credit control of a session and of an event, and a watch; a line runs dry on the way and comes back. */
async function converse(client: ForeignClient, { house, number, renew }: Scene): Promise<void> {
  const session = `${CLIENT};1;1`;
  const granted = ({ 'Multiple-Services-Credit-Control': service }: Readonly<Record<string, unknown>>) => {
    const { 'Granted-Service-Unit': unit } = (service ?? {}) as { 'Granted-Service-Unit'?: { 'CC-Total-Octets'?: number } };
    return unit?.['CC-Total-Octets'] ?? 0;
  };
  const code = (answer: Readonly<Record<string, unknown>>) => answer['Result-Code'] ?? JSON.stringify(answer);
  const watched = await client.ask({ do: 'limit', session: `${CLIENT};1;2`, type: 0, number });
  assert.equal(code(watched), 2001);
  assertStands(watched, 'full');
  const refused = await client.ask({ do: 'limit', session: `${CLIENT};1;3`, type: 0, number, counters: ['gold'] });
  assert.deepEqual(refused['Experimental-Result'], { 'Vendor-Id': 10_415, 'Experimental-Result-Code': 5570 });
  assert.equal(code(await client.ask({ do: 'limit', session: `${CLIENT};1;4`, type: 1 })), 5002);

  const begun = await client.ask({ do: 'credit', session, type: 1, count: 0, number });
  assert.equal(code(begun), 2001);
  assert.ok(granted(begun) > 0, JSON.stringify(begun));
  const updated = await client.ask({ do: 'credit', session, type: 2, count: 1, number, used: 5 * MB });
  assert.ok(granted(updated) > 0, JSON.stringify(updated));
  assert.equal(code(await client.ask({ do: 'credit', session: `${CLIENT};9;9`, type: 2, count: 1, number, used: 1 })), 5002);
  assert.equal(code(await client.ask({ do: 'credit', session: `${CLIENT};9;8`, type: 1, count: 0, number: '+15550000000' })), 5030);
  const message = {
    do: 'credit',
    session: `${CLIENT};8;1`,
    type: 4,
    count: 0,
    number,
    context: '32274@3gpp.org',
    action: 0,
    units: 1,
    to: '12065550199',
  };
  assert.equal(code(await client.ask(message)), 2001);

  // Past its end, and not so far that the session would be stopped for it (G6).
  await client.ask({ do: 'credit', session, type: 2, count: 2, number, used: 1_200 * MB });
  const telling = client.heard();
  await drainOutbox(house);
  const told = await telling;
  assert.equal(told['heard'], 'Spending-Status-Notification', JSON.stringify(told));
  assertStands(told, 'spent');
  await renew();
  const both = [client.heard(), client.heard()];
  await drainOutbox(house);
  assert.deepEqual((await Promise.all(both)).map(({ heard }) => heard).toSorted(), ['Re-Auth', 'Spending-Status-Notification']);
  const again = await client.ask({ do: 'credit', session, type: 2, count: 3, number, used: 0 });
  assert.ok(granted(again) > 0, 'it is back');
  assert.equal(code(await client.ask({ do: 'credit', session, type: 3, count: 4, number, used: 1 * MB })), 2001);
  assert.equal(code(await client.ask({ do: 'end', session: `${CLIENT};1;2` })), 2001);
  assert.equal(code(await client.ask({ do: 'end', session: `${CLIENT};1;2` })), 5002);
}

async function startClient(t: TestContext, port: number, peer: { originHost: string; realm: string }): Promise<ForeignClient> {
  const client = await startForeignClient({ python, port, peer, originHost: CLIENT, realm: REALM });
  t.after(() => client.stop());
  return client;
}

/** What tshark calls wrong in the messages. */
function faultsIn(t: TestContext, messages: readonly Buffer[]): { readonly count: number; readonly faults: readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'everline-capture-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'messages.pcap');
  writeFileSync(file, writeCapture(messages));
  const { stdout, stderr, status } = spawnSync('tshark', ['-r', file, '-V', '-O', 'diameter'], { encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(status, 0, stderr);
  const faults = stdout.split('\n').filter((line) => /malformed|AVP: Unknown|bogus|Expert Info \(Error/i.test(line));
  return { count: stdout.match(/^Diameter Protocol/gm)?.length ?? 0, faults };
}

test('python-diameter speaks Gy and Sy with us: a session, an event, a line that runs dry and comes back [LIFE-4, FX-2]', {
  skip,
}, async (t) => {
  const opened = await scene(t);
  const client = await startClient(t, opened.tap.port, { originHost: OCS, realm: REALM });
  await converse(client, opened);
  await t.test('and tshark finds nothing malformed in what passed', { skip: tsharkAbsent }, (inner) => {
    const messages = opened.tap.messages();
    const { count, faults } = faultsIn(inner, messages);
    assert.equal(count, messages.length);
    assert.deepEqual(
      faults.filter((line) => !/SN-Request-Type|Unknown\(2907\)/.test(line)),
      [],
    );
  });
});

test('the same by freeDiameter as a relay between us, both ways [LIFE-4, FX-2]', { skip: skip || relayAbsent() }, async (t) => {
  const opened = await scene(t);
  const relay = await startRelay({ port: opened.tap.port, originHost: OCS });
  t.after(() => relay.stop());
  const client = await startClient(t, relay.port, { originHost: RELAY, realm: 'epc.example' });
  await converse(client, opened);
});
