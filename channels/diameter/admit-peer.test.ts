/** Who is let in, over real sockets: capabilities, addresses, certificates, and one connection for each peer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  agreed,
  capabilities,
  ccr,
  cer,
  connectRaw,
  GY_AND_SY,
  makeCertificate,
  OCS,
  openServer,
  PCRF,
  resultOf,
  SMF,
  sampleAnswer,
  samplePeer,
  sampleRequest,
  sender,
  watchdog,
} from '#tests/diameter';
import { checkMessage } from './check-message.ts';
import { RESULT } from './result-codes.ts';
import { avp } from './write-message.ts';

test('capabilities: who we are, what we speak, and where, in an answer that is in order', async (t) => {
  const { server, port } = await openServer(t);
  const peer = await connectRaw(port);
  peer.send(cer(SMF, GY_AND_SY));
  const cea = await peer.next();
  assert.equal(checkMessage(cea), undefined);
  assert.deepEqual([cea.get('Origin-Host'), cea.get('Origin-State-Id'), cea.get('Product-Name')], [OCS, 7, 'Everline']);
  assert.deepEqual(cea.all('Host-IP-Address'), [{ family: 'ipv4', text: '127.0.0.1' }]);
  assert.deepEqual(cea.all('Auth-Application-Id'), [4]);
  assert.equal(cea.get('Vendor-Specific-Application-Id')?.get('Auth-Application-Id'), 16_777_302);
  assert.deepEqual(cea.all('Inband-Security-Id'), [0]);
  const [connection] = server.connections();
  assert.deepEqual([connection?.name, connection?.state, connection?.originStateId], [SMF, 'open', 1_762_000_000]);
  assert.deepEqual(
    connection?.common.map(({ id }) => id),
    [4, 16_777_302],
  );
});

const REFUSED: readonly (readonly [what: string, octets: Buffer, resultCode: number])[] = [
  ['an Origin-Host nobody named', cer('mallory.example.com'), RESULT.UNKNOWN_PEER],
  ['no application in common', cer(SMF, [avp('Auth-Application-Id', 16_777_251)]), RESULT.NO_COMMON_APPLICATION],
  [
    'TLS inside the connection as its only security',
    sampleRequest('Capabilities-Exchange', [...capabilities().slice(0, -1), avp('Inband-Security-Id', 1)]),
    RESULT.NO_COMMON_SECURITY,
  ],
  [
    'a vendor application without its application',
    cer(SMF, [avp('Vendor-Specific-Application-Id', [avp('Vendor-Id', 10_415)])]),
    RESULT.MISSING_AVP,
  ],
  [
    'a vendor application with two',
    cer(SMF, [
      avp('Vendor-Specific-Application-Id', [avp('Vendor-Id', 10_415), avp('Auth-Application-Id', 4), avp('Acct-Application-Id', 4)]),
    ]),
    RESULT.AVP_OCCURS_TOO_MANY_TIMES,
  ],
  ['capabilities that are malformed', sampleRequest('Capabilities-Exchange', capabilities().slice(1)), RESULT.MISSING_AVP],
];

for (const [what, octets, resultCode] of REFUSED) {
  test(`${what}: ${resultCode}, and the connection ends`, async (t) => {
    const { server, port } = await openServer(t);
    const peer = await connectRaw(port);
    peer.send(octets);
    const cea = await peer.next();
    assert.deepEqual([resultOf(cea), checkMessage(cea)], [resultCode, undefined]);
    await peer.closed();
    assert.deepEqual([server.connections().length, server.refused()], [0, 1]);
  });
}

test('a peer that comes from elsewhere than named is not let in', async (t) => {
  const { port } = await openServer(t, { peers: () => [samplePeer(SMF, { addresses: ['192.0.2.0/24', 'no address', '127.0.0.9'] })] });
  const peer = await connectRaw(port);
  peer.send(cer());
  assert.equal(resultOf(await peer.next()), RESULT.UNKNOWN_PEER);
  const fromItsOwn = await connectRaw(port, { localAddress: '127.0.0.9' });
  fromItsOwn.send(cer());
  assert.equal(resultOf(await fromItsOwn.next()), RESULT.SUCCESS);
});

test('a relay has every application in common with us, and carries requests of others', async (t) => {
  const { port } = await openServer(t, { peers: () => [samplePeer('relay.example.com', { carriesOthers: true })] });
  const peer = await agreed(port, cer('relay.example.com', [avp('Auth-Application-Id', 0xffff_ffff)]));
  peer.send(ccr());
  assert.equal(resultOf(await peer.next()), RESULT.SUCCESS);
});

test('a connection that says nothing ends after its time', async (t) => {
  const { port, clock } = await openServer(t);
  const peer = await connectRaw(port);
  clock.advance(60_000);
  await peer.closed();
});

test('whatever is not capabilities before capabilities ends the connection without a word', async (t) => {
  const { port } = await openServer(t);
  for (const octets of [
    ccr(),
    watchdog(),
    sampleAnswer('Device-Watchdog', sender()),
    Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n'),
    Buffer.alloc(64),
  ]) {
    const peer = await connectRaw(port);
    peer.send(octets);
    await peer.closed();
    assert.deepEqual(peer.messages, []);
  }
});

test('a peer that is no longer named is parted from without a restart, and one that is named is let in', async (t) => {
  let peers = [samplePeer(SMF)];
  const { server, port, clock } = await openServer(t, { peers: () => peers });
  const peer = await agreed(port);
  peers = [samplePeer(PCRF)];
  server.recheckPeers();
  const parting = await peer.next();
  assert.deepEqual([parting.command, parting.get('Disconnect-Cause')], [282, 2]);
  const other = await agreed(port, cer(PCRF));
  server.recheckPeers();
  clock.advance(5_000);
  await peer.closed();
  assert.equal(other.isClosed, false);
});

test('a second connection of a living peer is refused without a word, and the first goes on', async (t) => {
  const { server, port } = await openServer(t);
  const first = await agreed(port);
  const second = await connectRaw(port);
  second.send(cer());
  await second.closed();
  assert.deepEqual(second.messages, []);
  const asked = await first.next();
  assert.equal(asked.command, 280);
  first.send(sampleAnswer('Device-Watchdog', [avp('Result-Code', 2001), ...sender()]).fill(asked.octets.subarray(12, 20), 12, 20));
  first.send(ccr());
  assert.equal(resultOf(await first.next()), RESULT.SUCCESS);
  assert.equal(server.connections().length, 1);
});

test('a second connection finds the first dead soon, not after the whole watchdog', async (t) => {
  const { port, clock } = await openServer(t);
  const first = await agreed(port);
  const second = await connectRaw(port);
  second.send(cer());
  await second.closed();
  clock.advance(2_001);
  await first.closed();
  await agreed(port);
});

test('a peer that was restarted replaces its old connection at once', async (t) => {
  const { server, port } = await openServer(t);
  const first = await agreed(port);
  const restarted = sampleRequest(
    'Capabilities-Exchange',
    capabilities().map((each) =>
      each && 'definition' in each && each.definition.name === 'Origin-State-Id' ? avp('Origin-State-Id', 1_762_000_001) : each,
    ),
  );
  await agreed(port, restarted);
  await first.closed();
  assert.deepEqual([server.connections().length, server.connections()[0]?.originStateId], [1, 1_762_000_001]);
});

test('over TLS alone for a peer that needs it, and a certificate must bear its name', async (t) => {
  const [ours, theirs, others] = [makeCertificate(OCS), makeCertificate(SMF), makeCertificate('mallory.example.com')];
  const tls = { ...ours, ca: [theirs.cert, others.cert], requestCert: true };
  const { server } = await openServer(t, {
    listen: [
      { host: '127.0.0.1', port: 0 },
      { host: '127.0.0.1', port: 0, tls },
    ],
    peers: () => [samplePeer(SMF, { needsTls: true })],
  });
  const [plainPort = 0, tlsPort = 0] = server.ports;
  const plain = await connectRaw(plainPort);
  plain.send(cer());
  assert.equal(resultOf(await plain.next()), RESULT.UNKNOWN_PEER);
  const mallory = await connectRaw(tlsPort, { tls: { ...others, ca: ours.cert, servername: OCS } });
  mallory.send(cer());
  assert.equal(resultOf(await mallory.next()), RESULT.UNKNOWN_PEER);
  const smf = await connectRaw(tlsPort, { tls: { ...theirs, ca: ours.cert, servername: OCS } });
  smf.send(cer(), ccr(5));
  assert.equal(resultOf(await smf.next()), RESULT.SUCCESS);
  assert.equal((await smf.next()).hopByHop, 5);
  assert.equal(server.connections()[0]?.isSecure, true);
});
