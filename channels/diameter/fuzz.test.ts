/**
 * Real messages made wrong, at the decoder and over sockets: nothing throws, every finding can be told in an answer that is
 * itself in order, and what passes can be read. Decoders broken on purpose are found, so the fuzzer does find.
 * EVERLINE_FUZZ_CASES and EVERLINE_FUZZ_SEED make it longer, and other.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Random, seededRandom } from '#platform/random';
import {
  callInitial,
  capabilities,
  connectRaw,
  gatewayUpdate,
  messageEvent,
  mutate,
  open5gsInitial,
  openServer,
  quotaAnswer,
  REALM,
  SMF,
  sampleAnswer,
  sampleRequest,
  spendingLimitAnswer,
  spendingLimitInitial,
} from '#tests/diameter';
import { checkErrorAnswer, checkMessage } from './check-message.ts';
import { StreamCutter } from './cut-stream.ts';
import { findAvp } from './dictionary.ts';
import type { Finding } from './finding.ts';
import { AvpGroup, Message, readUInt32, vendorOf } from './message.ts';
import { readPlainValue } from './read-value.ts';
import { writeErrorAnswer } from './write-answer.ts';
import { avp, writeAvpsAlone } from './write-message.ts';

const CASES = Number(process.env['EVERLINE_FUZZ_CASES'] ?? 20_000);
const SEED = Number(process.env['EVERLINE_FUZZ_SEED'] ?? 6733);
const SENDER = writeAvpsAlone([avp('Origin-Host', 'o.x'), avp('Origin-Realm', 'x')]);

const sender = [avp('Origin-Host', SMF), avp('Origin-Realm', REALM)];
const REAL: readonly Buffer[] = [
  sampleRequest('Credit-Control', open5gsInitial()),
  sampleRequest('Credit-Control', gatewayUpdate()),
  sampleRequest('Credit-Control', messageEvent()),
  sampleRequest('Credit-Control', callInitial()),
  sampleAnswer('Credit-Control', quotaAnswer()),
  sampleRequest('Spending-Limit', spendingLimitInitial()),
  sampleAnswer('Spending-Limit', spendingLimitAnswer()),
  sampleRequest('Capabilities-Exchange', capabilities()),
  sampleRequest('Device-Watchdog', sender),
  sampleRequest('Disconnect-Peer', [...sender, avp('Disconnect-Cause', 0)]),
];

/** What is fuzzed: the check of a message, and the reading of one value. */
type Decoder = {
  readonly check: (message: Message) => Finding | undefined;
  readonly read: typeof readPlainValue;
};

/** Runs the cases; throws with the seed and the message when a rule is broken. */
function fuzzDecoder(decoder: Decoder, cases: number, seed: number): void {
  const random = seededRandom(seed);
  for (let each = 0; each < cases; each += 1) {
    const octets = mutate(REAL[random.below(REAL.length)] ?? Buffer.alloc(20), random, REAL);
    try {
      for (const message of cut(octets, random)) judge(decoder, message);
    } catch (error) {
      throw new Error(`case ${each} of seed ${seed}: ${octets.toString('hex')}`, { cause: error });
    }
  }
}

/** As a stream would bring it, in two pieces. */
function cut(octets: Buffer, random: Random): Message[] {
  const messages: Message[] = [];
  const cutter = new StreamCutter(65_536);
  const half = random.below(octets.length + 1);
  const take = (message: Message): boolean => messages.push(message) > 0;
  if (cutter.push(octets.subarray(0, half), take) === undefined) cutter.push(octets.subarray(half), take);
  return messages;
}

function judge(decoder: Decoder, message: Message): void {
  const finding = decoder.check(message);
  if (finding === undefined) {
    readAll(decoder, message);
    return;
  }
  const answer = new Message(writeErrorAnswer(message, finding, SENDER));
  assert.equal(checkErrorAnswer(answer), undefined);
  assert.equal(answer.get('Result-Code'), finding.resultCode);
  const failed = answer.get('Failed-AVP');
  if (failed !== undefined) {
    const ends = [...failed.places()].map(({ end }) => (end + 3) & ~3);
    assert.equal(ends.at(-1), failed.end, 'Failed-AVP holds whole AVPs');
  }
  // Reading is safe also in what is refused.
  for (const name of ['Session-Id', 'Origin-Host', 'CC-Request-Number', 'Service-Information'] as const) message.all(name);
  message.get('Multiple-Services-Credit-Control')?.get('Used-Service-Unit')?.get('CC-Total-Octets');
}

/** What was found in order has a value in every AVP that is known. */
function readAll(decoder: Decoder, group: AvpGroup): void {
  for (const { start, data, end } of group.places()) {
    const definition = findAvp(readUInt32(group.octets, start), vendorOf(group.octets, start));
    if (definition === undefined || definition.name === 'Failed-AVP') continue;
    if (definition.type === 'Grouped') readAll(decoder, new AvpGroup(group.octets, data, end));
    else assert.notEqual(decoder.read(definition.type, group.octets, data, end), undefined, definition.name);
  }
}

test('nothing that can be done to a message makes the decoder throw, and each finding can be told', () => {
  fuzzDecoder({ check: checkMessage, read: readPlainValue }, CASES, SEED);
});

test('octets at random are no different', () => {
  const random = seededRandom(SEED);
  for (let each = 0; each < CASES / 4; each += 1) {
    const octets = Buffer.from(Array.from({ length: 20 + 4 * random.below(30) }, () => random.below(256)));
    judge({ check: checkMessage, read: readPlainValue }, new Message(octets));
  }
});

test('canary: a decoder that trusts the lengths it is told is found', () => {
  const trusting = (message: Message): Finding | undefined => {
    for (let at = 20; at < message.octets.length; at += Math.max(8, (message.octets.readUIntBE(at + 5, 3) + 3) & ~3))
      message.octets.readUInt32BE(at);
    return checkMessage(message);
  };
  assert.throws(() => fuzzDecoder({ check: trusting, read: readPlainValue }, CASES, SEED), /case \d+ of seed/);
});

test('canary: a check that passes over the size of numbers is found', () => {
  const lenient = (message: Message): Finding | undefined => {
    const finding = checkMessage(message);
    return finding?.resultCode === 5014 && finding.why.startsWith('the value of') ? undefined : finding;
  };
  assert.throws(() => fuzzDecoder({ check: lenient, read: readPlainValue }, CASES, SEED), /case \d+ of seed/);
});

test('canary: an answer that is not in order is found', () => {
  const careless = (message: Message): Finding | undefined => {
    const finding = checkMessage(message);
    return finding?.failed === undefined ? finding : { ...finding, failed: finding.failed.subarray(0, -1) };
  };
  assert.throws(() => fuzzDecoder({ check: careless, read: readPlainValue }, CASES, SEED), /case \d+ of seed/);
});

test('over sockets each malformed request is answered in order or its connection ends, and the house goes on', async (t) => {
  const { port, server } = await openServer(t);
  const random = seededRandom(SEED);
  const requests = REAL.filter((octets) => new Message(octets).isRequest);
  for (let each = 0; each < Math.min(1_000, CASES / 50); each += 1) {
    const octets = mutate(requests[random.below(requests.length)] ?? Buffer.alloc(0), random, REAL);
    const peer = await connectRaw(port);
    const isFirst = random.below(4) === 0;
    const agreeing = isFirst ? [] : [sampleRequest('Capabilities-Exchange', capabilities(), 1)];
    peer.send(...agreeing, octets);
    peer.socket.end();
    await peer.closed();
    const why = `case ${each} of seed ${SEED}: ${octets.toString('hex')}`;
    for (const answer of peer.messages) {
      if (answer.isRequest) continue;
      assert.equal(answer.isError ? checkErrorAnswer(answer) : checkMessage(answer), undefined, why);
    }
    if (!isFirst && isWholeRequest(octets)) {
      const { hopByHop } = new Message(octets);
      assert.ok(
        peer.messages.some((answer) => answer.hopByHop === hopByHop),
        why,
      );
    }
    // The last connection must be gone before its peer comes again.
    while (server.connections().length > 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const peer = await connectRaw(port);
  peer.send(sampleRequest('Capabilities-Exchange', capabilities()), sampleRequest('Credit-Control', open5gsInitial()));
  assert.deepEqual([(await peer.next()).get('Result-Code'), (await peer.next()).get('Result-Code')], [2001, 2001]);
});

/** One message, whole, that asks for an answer; a Disconnect-Peer may lose its to the end of the connection. */
function isWholeRequest(octets: Buffer): boolean {
  if (octets.length < 20 || octets[0] !== 1 || octets.readUIntBE(1, 3) !== octets.length || octets.length % 4 !== 0) return false;
  const message = new Message(octets);
  return message.isRequest && message.command !== 282;
}
