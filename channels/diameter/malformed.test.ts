/** Each malformed message with the answer RFC 6733 §7.1 has for it, Failed-AVP included. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open5gsInitial, SESSION_ID, sampleRequest } from '#tests/diameter';
import { AVPS_MAX, checkErrorAnswer, DEPTH_MAX } from './check-message.ts';
import { FAILED_OCTETS_MAX } from './finding.ts';
import { checkMessage } from './index.ts';
import { AvpGroup, Message } from './message.ts';
import { RESULT } from './result-codes.ts';
import { writeErrorAnswer } from './write-answer.ts';
import { type Avp, type Avps, avp, requestHead, writeAvpsAlone, writeMessage } from './write-message.ts';

const raw = (hex: string): Avp => ({ octets: Buffer.from(hex.replaceAll(' ', ''), 'hex') });
const without = (names: readonly string[]): Avps =>
  open5gsInitial().filter((each) => each === undefined || 'octets' in each || !names.includes(each.definition.name));
const ccr = (...more: Avp[]): Buffer => sampleRequest('Credit-Control', [...open5gsInitial(), ...more]);
const ccrWithout = (names: readonly string[], ...more: Avp[]): Buffer => sampleRequest('Credit-Control', [...without(names), ...more]);
const changed = (at: number, value: number): Buffer => {
  const octets = ccr();
  octets[at] = value;
  return octets;
};
const hexOf = (...avps: Avp[]): string => writeAvpsAlone(avps).toString('hex');
const mscc = (...avps: Avp[]): Avp => avp('Multiple-Services-Credit-Control', avps);
let nested: Avp = avp('Rating-Group', 1);
for (let depth = 0; depth <= DEPTH_MAX; depth += 1) nested = avp('Service-Generic-Information', [nested]);

const V = '000028af';
const TABLE: readonly (readonly [what: string, octets: Buffer, resultCode: number, failed?: string])[] = [
  ['another version', changed(0, 2), RESULT.UNSUPPORTED_VERSION],
  ['a reserved bit of the header', changed(4, 0xc1), RESULT.INVALID_BIT_IN_HEADER],
  ['a request with the E bit', changed(4, 0xe0), RESULT.INVALID_HDR_BITS],
  [
    'a CER with the P bit',
    writeMessage({ ...requestHead('Device-Watchdog'), flags: 0xc0, hopByHop: 1, endToEnd: 1, avps: [] }),
    RESULT.INVALID_HDR_BITS,
  ],
  ['an unknown command', changed(7, 0x99), RESULT.COMMAND_UNSUPPORTED],
  ['a command of another application', changed(11, 5), RESULT.COMMAND_UNSUPPORTED],

  ['an unknown AVP with M', ccr(raw('00001234 40000009 aa000000')), RESULT.AVP_UNSUPPORTED, '00001234 40000009 aa000000'],
  [
    'an unknown AVP of a vendor with M',
    ccr(raw(`00001234 c000000d ${V} aa000000`)),
    RESULT.AVP_UNSUPPORTED,
    `00001234 c000000d ${V} aa000000`,
  ],
  ['an AVP of an unknown vendor with M', ccr(raw('00000001 c000000c 0000ffff')), RESULT.AVP_UNSUPPORTED, '00000001 c000000c 0000ffff'],
  ['an unknown AVP with M in a group', ccr(mscc(raw('00001234 40000008'))), RESULT.AVP_UNSUPPORTED, hexOf(mscc(raw('00001234 40000008')))],

  ['a text with a zero in it', ccr(avp('User-Name', 'a\0b')), RESULT.INVALID_AVP_VALUE, hexOf(avp('User-Name', 'a\0b'))],
  ['the same behind what is not ASCII', ccr(avp('User-Name', 'ä\0')), RESULT.INVALID_AVP_VALUE, hexOf(avp('User-Name', 'ä\0'))],

  ['no CC-Request-Type', ccrWithout(['CC-Request-Type']), RESULT.MISSING_AVP, '000001a0 4000000c 00000000'],
  ['no Session-Id', ccrWithout(['Session-Id']), RESULT.MISSING_AVP, '00000107 40000008'],
  ['no AVP at all', sampleRequest('Credit-Control', []), RESULT.MISSING_AVP, '00000107 40000008'],
  [
    'a Subscription-Id without its data',
    ccr(avp('Subscription-Id', [avp('Subscription-Id-Type', 0)])),
    RESULT.MISSING_AVP,
    hexOf(avp('Subscription-Id', [raw('000001bc 40000008')])),
  ],
  [
    'a CER without addresses',
    sampleRequest('Capabilities-Exchange', [avp('Origin-Host', 'a.b'), avp('Origin-Realm', 'b')]),
    RESULT.MISSING_AVP,
    '00000101 4000000e 0000 00000000 0000',
  ],

  ['CC-Request-Type twice', ccr(avp('CC-Request-Type', 2)), RESULT.AVP_OCCURS_TOO_MANY_TIMES, hexOf(avp('CC-Request-Type', 2))],
  [
    'PS-Information twice in one group',
    ccrWithout(['Service-Information'], avp('Service-Information', [avp('PS-Information', []), avp('PS-Information', [])])),
    RESULT.AVP_OCCURS_TOO_MANY_TIMES,
    hexOf(avp('Service-Information', [avp('PS-Information', [])])),
  ],
  [
    'a member past the thirty-first twice',
    ccrWithout(
      ['Service-Information'],
      avp('Service-Information', [avp('PS-Information', [avp('QoS-Information', []), avp('QoS-Information', [])])]),
    ),
    RESULT.AVP_OCCURS_TOO_MANY_TIMES,
    hexOf(avp('Service-Information', [avp('PS-Information', [avp('QoS-Information', [])])])),
  ],

  [
    'a known AVP with M in a closed group',
    ccr(avp('Subscription-Id', [avp('Subscription-Id-Type', 0), avp('Subscription-Id-Data', '1'), avp('Rating-Group', 1)])),
    RESULT.AVP_NOT_ALLOWED,
    hexOf(avp('Subscription-Id', [avp('Rating-Group', 1)])),
  ],

  [
    'CC-Request-Type 9',
    ccrWithout(['CC-Request-Type'], avp('CC-Request-Type', 9)),
    RESULT.INVALID_AVP_VALUE,
    hexOf(avp('CC-Request-Type', 9)),
  ],
  ['text that is no UTF-8', ccr(raw('00000001 4000000a c328 0000')), RESULT.INVALID_AVP_VALUE, '00000001 4000000a c328 0000'],
  ['an empty identity', ccr(raw('0000011a 40000008')), RESULT.INVALID_AVP_VALUE, '0000011a 40000008'],
  ['an identity with a space', ccr(raw('0000011a 4000000b 612062 00')), RESULT.INVALID_AVP_VALUE, '0000011a 4000000b 612062 00'],
  [
    'a rule that is none',
    ccr(mscc(avp('Final-Unit-Indication', [avp('Final-Unit-Action', 2), avp('Restriction-Filter-Rule', 'let everybody in')]))),
    RESULT.INVALID_AVP_VALUE,
    hexOf(mscc(avp('Final-Unit-Indication', [avp('Restriction-Filter-Rule', 'let everybody in')]))),
  ],

  ['Unsigned32 of 3 octets', ccr(raw('000001b7 4000000b 000001 00')), RESULT.INVALID_AVP_LENGTH, '000001b7 4000000b 000001 00'],
  [
    'Unsigned64 of 4 octets in a group',
    ccr(mscc(avp('Used-Service-Unit', [raw('000001a5 4000000c 00000001')]))),
    RESULT.INVALID_AVP_LENGTH,
    hexOf(mscc(avp('Used-Service-Unit', [raw('000001a5 4000000c 00000001')]))),
  ],
  [
    'an IPv4 address of 3 octets',
    ccrWithout(
      ['Service-Information'],
      avp('Service-Information', [avp('PS-Information', [raw(`000004cb c0000011 ${V} 0001 0a0000 000000`)])]),
    ),
    RESULT.INVALID_AVP_LENGTH,
    hexOf(avp('Service-Information', [avp('PS-Information', [raw(`000004cb c0000011 ${V} 0001 0a0000 000000`)])])),
  ],
  ['a length past the end of the message', ccr(raw('000001b7 400000ff 00000001')), RESULT.INVALID_AVP_LENGTH, '000001b7 4000000c 00000000'],
  ['a length below the header', ccr(raw('000001b7 40000007 00000001')), RESULT.INVALID_AVP_LENGTH, '000001b7 4000000c 00000000'],
  ['a length of 0', ccr(raw('00000001 40000000')), RESULT.INVALID_AVP_LENGTH, '00000001 40000008'],
  ['a vendor bit and no room for a vendor', ccr(raw('000001b7 c0000008')), RESULT.INVALID_AVP_LENGTH, '000001b7 c000000c 00000000'],
  ['half a header at the end', ccr(raw('000001b7')), RESULT.INVALID_AVP_LENGTH, '000001b7 00000008'],
  ['half a header inside a group', ccr(mscc(raw('000001b0'))), RESULT.INVALID_AVP_LENGTH, hexOf(mscc(raw('000001b0 00000008')))],
  [
    'a group that reaches past its own end',
    ccr(mscc(raw('000001be 40000100'))),
    RESULT.INVALID_AVP_LENGTH,
    hexOf(mscc(raw('000001be 40000008'))),
  ],

  ['a reserved bit of an AVP', ccr(raw('000001b7 4100000c 00000001')), RESULT.INVALID_AVP_BITS, '000001b7 4100000c 00000001'],
  [
    'the vendor bit with vendor 0',
    ccr(raw('000001b7 c0000010 00000000 00000001')),
    RESULT.INVALID_AVP_BITS,
    '000001b7 c0000010 00000000 00000001',
  ],

  ['groups too deep', ccr(nested), RESULT.UNABLE_TO_COMPLY],
  ['too many AVPs', ccr(...new Array(AVPS_MAX).fill(raw('00001234 00000008'))), RESULT.UNABLE_TO_COMPLY],
];

for (const [what, octets, resultCode, failed] of TABLE) {
  test(`${what} is answered ${resultCode}, and the answer is in order`, () => {
    const message = new Message(octets);
    const finding = checkMessage(message);
    assert.equal(finding?.resultCode, resultCode, finding?.why);
    assert.equal(finding?.failed?.toString('hex'), failed?.replaceAll(' ', ''));
    const answer = new Message(
      writeErrorAnswer(message, finding ?? assert.fail(), writeAvpsAlone([avp('Origin-Host', 'o.x'), avp('Origin-Realm', 'x')])),
    );
    assert.equal(checkErrorAnswer(answer), undefined);
    assert.deepEqual([answer.hopByHop, answer.endToEnd, answer.command], [message.hopByHop, message.endToEnd, message.command]);
    assert.equal(answer.get('Result-Code'), resultCode);
    assert.equal(answer.isError && !answer.isRequest, true);
    const told = answer.get('Failed-AVP');
    assert.equal(told?.octets.subarray(told.start, told.end).toString('hex'), failed?.replaceAll(' ', ''));
  });
}

test('what is unknown and not mandatory is kept and passed over, in groups too', () => {
  const octets = ccr(raw('00001234 00000009 aa000000'), raw('00000001 8000000c 0000ffff'), mscc(raw('00001234 00000008')));
  assert.equal(checkMessage(new Message(octets)), undefined);
});

test('the last AVP of a group may come without its padding', () => {
  const group = Buffer.concat([Buffer.from('000001c8 40000012 000001cd 4000000a 6162 0000'.replaceAll(' ', ''), 'hex')]);
  const inside = new AvpGroup(group, 8, 18);
  assert.equal(inside.get('Service-Context-Id'), 'ab');
  assert.equal(checkMessage(new Message(ccr({ octets: group }))), undefined);
});

test('an answer with an unknown AVP with M, or without its Result-Code, is found out as well', () => {
  const head = { ...requestHead('Device-Watchdog'), flags: 0, hopByHop: 1, endToEnd: 1 };
  const sender = [avp('Origin-Host', 'a.b'), avp('Origin-Realm', 'b')];
  const check = (avps: Avps): number | undefined => checkMessage(new Message(writeMessage({ ...head, avps })))?.resultCode;
  assert.equal(check([avp('Result-Code', 2001), ...sender]), undefined);
  assert.equal(check(sender), RESULT.MISSING_AVP);
  assert.equal(check([avp('Result-Code', 2001), ...sender, raw('00001234 40000008')]), RESULT.AVP_UNSUPPORTED);
});

test('a Session-Id and a Proxy-Info come back as they were, unless they are what is wrong', () => {
  const sender = writeAvpsAlone([avp('Origin-Host', 'o.x'), avp('Origin-Realm', 'x')]);
  const answerTo = (octets: Buffer): Message => {
    const message = new Message(octets);
    return new Message(writeErrorAnswer(message, checkMessage(message) ?? assert.fail(), sender));
  };
  const proxy = avp('Proxy-Info', [avp('Proxy-Host', 'relay.x'), avp('Proxy-State', Buffer.from('state'))]);
  const kept = answerTo(ccr(proxy, raw('00001234 40000008')));
  assert.equal(kept.get('Session-Id'), SESSION_ID);
  assert.equal(kept.raw('Proxy-Info')?.toString('hex'), hexOf(proxy));
  const dropped = answerTo(ccrWithout(['Session-Id'], raw('00000107 4000000a c328 0000')));
  assert.deepEqual(
    [dropped.get('Result-Code'), dropped.has('Session-Id'), checkErrorAnswer(dropped)],
    [RESULT.INVALID_AVP_VALUE, false, undefined],
  );
});

test('an offending AVP too long to be given back is told by its header', () => {
  const finding = checkMessage(
    new Message(ccr({ octets: Buffer.concat([Buffer.from('0000123440', 'hex'), Buffer.from([0, 0x40, 0]), Buffer.alloc(0x4000 - 8)]) })),
  );
  assert.equal(finding?.resultCode, RESULT.AVP_UNSUPPORTED);
  assert.equal(finding?.failed?.toString('hex'), '0000123440000008');
  assert.ok(FAILED_OCTETS_MAX < 0x4000);
});
