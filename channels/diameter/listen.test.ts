/** The server over real sockets, against a peer that sends whatever it likes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  agreed,
  ccr,
  cer,
  GY_AND_SY,
  grantSome,
  open5gsInitial,
  openServer,
  PCRF,
  resultOf,
  SMF,
  sampleAnswer,
  samplePeer,
  sampleRequest,
  sender,
  spendingLimitInitial,
  watchdog,
} from '#tests/diameter';
import { checkMessage } from './check-message.ts';
import { RESULT } from './result-codes.ts';
import type { Answer } from './write-answer.ts';
import { avp } from './write-message.ts';

test('a request is answered with its own identifiers, Session-Id first', async (t) => {
  const { port } = await openServer(t);
  const peer = await agreed(port);
  peer.send(ccr(77));
  const answer = await peer.next();
  assert.deepEqual(
    [answer.hopByHop, answer.endToEnd, answer.isRequest, answer.isProxiable, answer.isError],
    [77, 0x9abc_def0, false, true, false],
  );
  assert.equal(checkMessage(answer), undefined);
  assert.equal(answer.octets.readUInt32BE(20), 263);
});

test('messages come in any pieces: octet by octet, and many at once', async (t) => {
  const { port } = await openServer(t);
  const peer = await agreed(port);
  peer.socket.setNoDelay(true);
  for (const octet of ccr(1)) {
    peer.socket.write(Buffer.from([octet]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal((await peer.next()).hopByHop, 1);
  const many = Buffer.concat(Array.from({ length: 50 }, (_, place) => ccr(place)));
  peer.send(many.subarray(0, 25_001));
  await new Promise((resolve) => setTimeout(resolve, 5));
  peer.send(many.subarray(25_001));
  const answers = [];
  while (answers.length < 50) answers.push((await peer.next()).hopByHop);
  assert.deepEqual(
    answers,
    Array.from({ length: 50 }, (_, place) => place),
  );
});

test('answers go out as they are ready, in whatever order', async (t) => {
  const waiting: ((answer: Answer) => void)[] = [];
  const { port } = await openServer(t, { onRequest: () => new Promise((resolve) => waiting.push(resolve)) });
  const peer = await agreed(port);
  peer.send(ccr(1), ccr(2), ccr(3), watchdog());
  assert.equal((await peer.next()).command, 280);
  for (const place of [2, 0, 1]) waiting[place]?.({ resultCode: RESULT.UNKNOWN_SESSION_ID });
  assert.deepEqual([(await peer.next()).hopByHop, (await peer.next()).hopByHop, (await peer.next()).hopByHop], [3, 1, 2]);
});

test('a fault of ours is answered 5012 and the connection goes on', async (t) => {
  let count = 0;
  const { port } = await openServer(t, {
    onRequest: (request) => {
      count += 1;
      if (count === 1) throw new Error('at once');
      if (count === 2) return Promise.reject(new Error('later'));
      if (count === 3) return { resultCode: RESULT.SUCCESS, avps: [avp('Class', Buffer.alloc(70_000))] };
      return grantSome(request);
    },
  });
  const peer = await agreed(port);
  peer.send(ccr(), ccr(), ccr(), ccr());
  const results = [];
  while (results.length < 4) results.push(resultOf(await peer.next()));
  assert.deepEqual(results.sort(), [RESULT.SUCCESS, RESULT.UNABLE_TO_COMPLY, RESULT.UNABLE_TO_COMPLY, RESULT.UNABLE_TO_COMPLY]);
});

const changed = (at: number, value: number): Buffer => {
  const octets = ccr();
  octets[at] = value;
  return octets;
};
const KEPT: readonly (readonly [what: string, octets: Buffer, resultCode: number])[] = [
  ['an application that was not agreed on', sampleRequest('Spending-Limit', spendingLimitInitial()), RESULT.APPLICATION_UNSUPPORTED],
  ['an unknown command', changed(7, 0x99), RESULT.COMMAND_UNSUPPORTED],
  ['a command that is ours to send', sampleRequest('Re-Auth', []), RESULT.COMMAND_UNSUPPORTED],
  ['a reserved bit of the header', changed(4, 0xc8), RESULT.INVALID_BIT_IN_HEADER],
  [
    'somebody else’s Origin-Host',
    sampleRequest(
      'Credit-Control',
      open5gsInitial().map((each) =>
        each && 'definition' in each && each.definition.name === 'Origin-Host' ? avp('Origin-Host', PCRF) : each,
      ),
    ),
    RESULT.INVALID_AVP_VALUE,
  ],
  [
    'another realm',
    sampleRequest(
      'Credit-Control',
      open5gsInitial().map((each) =>
        each && 'definition' in each && each.definition.name === 'Destination-Realm' ? avp('Destination-Realm', 'elsewhere') : each,
      ),
    ),
    RESULT.REALM_NOT_SERVED,
  ],
  [
    'another host',
    sampleRequest('Credit-Control', [...open5gsInitial(), avp('Destination-Host', 'another.host')]),
    RESULT.UNABLE_TO_DELIVER,
  ],
  ['no Session-Id', sampleRequest('Credit-Control', open5gsInitial().slice(1)), RESULT.MISSING_AVP],
];

for (const [what, octets, resultCode] of KEPT) {
  test(`${what}: ${resultCode}, and the connection goes on`, async (t) => {
    const { server, port } = await openServer(t);
    const peer = await agreed(port);
    peer.send(octets, ccr(9));
    const refusal = await peer.next();
    assert.deepEqual([resultOf(refusal), refusal.isError], [resultCode, true]);
    assert.deepEqual([resultOf(await peer.next()), server.connections().length], [RESULT.SUCCESS, 1]);
    assert.deepEqual([server.counters().get(SMF)?.malformed, server.counters().get(SMF)?.answersOut.get(resultCode)], [1, 1]);
  });
}

test('a stream that cannot be followed is told so, and ends', async (t) => {
  const { port } = await openServer(t);
  const table = [
    [changed(0, 2), RESULT.UNSUPPORTED_VERSION],
    [changed(3, 0x0a), RESULT.INVALID_MESSAGE_LENGTH],
    [changed(1, 0xff), RESULT.INVALID_MESSAGE_LENGTH],
    [Buffer.from('0100000080000118000000000000000100000001', 'hex'), RESULT.INVALID_MESSAGE_LENGTH],
  ] as const;
  for (const [octets, resultCode] of table) {
    const peer = await agreed(port);
    peer.send(octets);
    assert.equal(resultOf(await peer.next()), resultCode);
    await peer.closed();
  }
});

test('more requests under way than a peer may have are told 3004', async (t) => {
  const waiting: (() => void)[] = [];
  const { port } = await openServer(t, {
    peers: () => [samplePeer(SMF, { requestsMax: 2 })],
    onRequest: (request) => new Promise((resolve) => waiting.push(() => resolve(grantSome(request)))),
  });
  const peer = await agreed(port);
  peer.send(ccr(1), ccr(2), ccr(3));
  const busy = await peer.next();
  assert.deepEqual([busy.hopByHop, resultOf(busy), busy.isError], [3, RESULT.TOO_BUSY, true]);
  for (const release of waiting) release();
  assert.deepEqual([(await peer.next()).hopByHop, (await peer.next()).hopByHop], [1, 2]);
});

test('a silent peer is asked after Tw, suspect after two, and closed after three (RFC 3539)', async (t) => {
  const { server, port, clock } = await openServer(t);
  const peer = await agreed(port);
  const [connection] = server.connections();
  clock.advance(32_001);
  assert.equal((await peer.next()).command, 280);
  assert.equal(connection?.isSuspect, false);
  clock.advance(32_001);
  while (connection?.isSuspect === false) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(connection?.state, 'open');
  clock.advance(32_001);
  await peer.closed();
  assert.equal(server.connections().length, 0);
});

test('a peer that answers the watchdog, or talks at all, is not suspect', async (t) => {
  const { server, port, clock } = await openServer(t);
  const peer = await agreed(port);
  for (let round = 0; round < 4; round += 1) {
    clock.advance(32_001);
    const asked = await peer.next();
    assert.equal(asked.command, 280);
    peer.send(sampleAnswer('Device-Watchdog', [avp('Result-Code', 2001), ...sender()]).fill(asked.octets.subarray(12, 20), 12, 20));
    peer.send(watchdog());
    assert.equal(resultOf(await peer.next()), RESULT.SUCCESS);
  }
  assert.deepEqual([server.connections()[0]?.isSuspect, server.counters().get(SMF)?.answersStray], [false, 0]);
});

test('a peer that parts gets its answer after those that were under way', async (t) => {
  const waiting: (() => void)[] = [];
  const { server, port } = await openServer(t, {
    onRequest: (request) => new Promise((resolve) => waiting.push(() => resolve(grantSome(request)))),
  });
  const peer = await agreed(port);
  peer.send(ccr(1), sampleRequest('Disconnect-Peer', [...sender(), avp('Disconnect-Cause', 0)], 2), ccr(3));
  assert.deepEqual([resultOf(await peer.next()), server.connection(SMF)], [RESULT.TOO_BUSY, undefined]);
  waiting[0]?.();
  assert.deepEqual([(await peer.next()).hopByHop, (await peer.next()).command], [1, 282]);
  peer.socket.end();
  await peer.closed();
});

test('closing the house parts from each peer, and ends also when one does not answer', async (t) => {
  const { server, port, clock } = await openServer(t);
  const [smf, pcrf] = [await agreed(port), await agreed(port, cer(PCRF, GY_AND_SY))];
  const closed = server.close();
  const parting = await smf.next();
  assert.deepEqual([parting.command, parting.get('Disconnect-Cause'), checkMessage(parting)], [282, 0, undefined]);
  smf.send(sampleAnswer('Disconnect-Peer', [avp('Result-Code', 2001), ...sender()]).fill(parting.octets.subarray(12, 20), 12, 20));
  await smf.closed();
  assert.equal((await pcrf.next()).command, 282);
  clock.advance(10_000);
  await closed;
  await pcrf.closed();
});

test('a peer that does not read is no longer listened to, and is closed in the end; the memory it can take is bounded', async (t) => {
  const { server, port, clock } = await openServer(t, {
    peers: () => [samplePeer(SMF, { requestsMax: 1_000_000 })],
    onRequest: () => ({ resultCode: RESULT.SUCCESS, avps: [avp('Class', Buffer.alloc(16_384))] }),
  });
  const peer = await agreed(port);
  const [connection] = server.connections();
  peer.socket.pause();
  const flood = Buffer.concat(Array.from({ length: 100 }, (_, place) => ccr(place)));
  let isFull = false;
  for (let round = 0; round < 400 && !isFull; round += 1) {
    isFull = !peer.socket.write(flood);
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.ok(isFull, 'what it sends is not taken in any more');
  const taken = server.counters().get(SMF)?.requestsIn ?? 0;
  assert.ok(taken < 40_000, `it took ${taken}`);
  while (connection?.state === 'open') {
    clock.advance(32_001);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.equal(connection?.state, 'closed');
});
