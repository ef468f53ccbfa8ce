import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { open5gsInitial, quotaAnswer, sampleAnswer, sampleRequest } from '#tests/diameter';
import { addressOctets, type DiameterAddress, ipAddress, isAddress, readAddress } from './address.ts';
import type { AvpDefinition, AvpType, PlainValues } from './avp-types.ts';
import { checkMessage } from './check-message.ts';
import { definitionOf } from './dictionary.ts';
import { AvpGroup, MESSAGE_FLAG, Message } from './message.ts';
import { checkPlainValue, readPlainValue } from './read-value.ts';
import { parseDiameterUri } from './text-formats.ts';
import { EARLIEST_TIME, LATEST_TIME, secondsOfDate } from './time.ts';
import { type Avps, avp, MESSAGE_OCTETS_MAX, requestHead, writeAvpsAlone, writeMessage } from './write-message.ts';

const definitionFor = (type: AvpType, vendor = 0): AvpDefinition => ({
  name: 'under test',
  code: 999,
  vendor,
  type,
  isMandatory: true,
  index: 0,
  values: undefined,
  closedValues: undefined,
  grammar: undefined,
});

const label = fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9-]{0,10}[A-Za-z0-9])?$/);
const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
const octetString = fc.uint8Array({ maxLength: 300 }).map((octets) => Buffer.from(octets));
const ipv4 = fc.ipV4().map((text) => ipAddress(text));
const ipv6 = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((octets) => readAddress(Buffer.from([0, 2, ...octets]), 0, 18));
const e164 = fc.stringMatching(/^[0-9]{1,15}$/).map((text): DiameterAddress => ({ family: 'e164', text }));

const VALUES: { readonly [Type in keyof PlainValues]: fc.Arbitrary<PlainValues[Type]> } = {
  OctetString: octetString,
  Integer32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  Integer64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  Unsigned32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  Unsigned64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  Float32: fc.float(),
  Float64: fc.double(),
  Address: fc.oneof(ipv4, ipv6, e164),
  Time: fc
    .date({ min: EARLIEST_TIME, max: LATEST_TIME, noInvalidDate: true })
    .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000)),
  UTF8String: fc.string({ unit: 'grapheme', maxLength: 200 }),
  DiameterIdentity: name,
  DiameterURI: fc.tuple(name, fc.integer({ min: 1, max: 65_535 })).map(([host, port]) => `aaas://${host}:${port};transport=tcp`),
  Enumerated: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  IPFilterRule: fc
    .tuple(
      fc.constantFrom('permit', 'deny'),
      fc.constantFrom('in', 'out'),
      fc.constantFrom('ip', '6', 'tcp'),
      fc.ipV4(),
      fc.integer({ min: 0, max: 65_535 }),
    )
    .map(([action, direction, protocol, address, port]) => `${action} ${direction} ${protocol} from ${address}/24 ${port} to any`),
};

for (const type of Object.keys(VALUES) as (keyof PlainValues)[]) {
  test(`every ${type} is read as it was written, is in order, and is padded to 4`, () => {
    fc.assert(
      fc.property(VALUES[type], fc.constantFrom(0, 10_415), (value, vendor) => {
        const definition = definitionFor(type, vendor);
        const octets = writeAvpsAlone([{ definition, value }]);
        const length = octets.readUIntBE(5, 3);
        assert.equal(octets.length, (length + 3) & ~3);
        const data = vendor === 0 ? 8 : 12;
        assert.equal(checkPlainValue(definition, octets, data, length), 0);
        assert.deepEqual(readPlainValue(type, octets, data, length), value);
        assert.ok(octets.subarray(length).every((padding) => padding === 0));
      }),
    );
  });
}

test('groups within groups are read as they were written, 64 bits exactly', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ used: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), group: fc.nat() }, { noNullPrototype: true }), {
        maxLength: 20,
      }),
      (services) => {
        const avps: Avps = services.map(({ used, group }) =>
          avp('Multiple-Services-Credit-Control', [avp('Used-Service-Unit', [avp('CC-Total-Octets', used)]), avp('Rating-Group', group)]),
        );
        const octets = writeAvpsAlone(avps);
        const read = new AvpGroup(octets, 0, octets.length).all('Multiple-Services-Credit-Control');
        assert.deepEqual(
          read.map((each) => ({ used: each.get('Used-Service-Unit')?.get('CC-Total-Octets'), group: each.get('Rating-Group') })),
          services,
        );
      },
    ),
  );
});

test('every header is read as it was written', () => {
  const u32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(fc.nat(0xff_ffff), u32, u32, u32, fc.nat(15), (command, application, hopByHop, endToEnd, bits) => {
      const message = new Message(writeMessage({ command, application, hopByHop, endToEnd, flags: bits << 4, avps: [] }));
      assert.deepEqual(
        [message.version, message.command, message.application, message.hopByHop, message.endToEnd, message.flags, message.octets.length],
        [1, command, application, hopByHop, endToEnd, bits << 4, 20],
      );
      assert.equal(message.isRequest, (message.flags & MESSAGE_FLAG.REQUEST) !== 0);
    }),
  );
});

test('seconds of NTP roll over in 2036 and are read on the right side of it', () => {
  assert.equal(secondsOfDate(new Date('2036-02-07T06:28:15Z')), 2 ** 32 - 1);
  assert.equal(secondsOfDate(new Date('2036-02-07T06:28:16Z')), 0);
  for (const instant of [
    '1968-01-20T03:14:08Z',
    '2026-11-02T17:00:00Z',
    '2036-02-07T06:28:15Z',
    '2036-02-07T06:28:16Z',
    '2104-02-26T09:42:23Z',
  ]) {
    const octets = writeAvpsAlone([avp('Event-Timestamp', new Date(instant))]);
    assert.equal(new AvpGroup(octets, 0, octets.length).get('Event-Timestamp')?.toISOString(), instant.replace('Z', '.000Z'));
  }
  assert.throws(() => secondsOfDate(new Date('1968-01-20T03:14:07Z')), /an instant that Diameter can tell/);
});

test('IPv6 addresses are told in the one form of RFC 5952, and read from any', () => {
  const table = [
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['::', '::'],
    ['::1', '::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ] as const;
  for (const [given, told] of table) {
    const octets = addressOctets(ipAddress(given));
    assert.ok(isAddress(octets, 0, octets.length));
    assert.deepEqual(readAddress(octets, 0, octets.length), { family: 'ipv6', text: told });
  }
  assert.deepEqual(ipAddress('::ffff:192.0.2.1'), { family: 'ipv4', text: '192.0.2.1' });
});

test('an address of a family that is not IP is kept as it came', () => {
  const octets = Buffer.from([0, 16, 0xde, 0xad]);
  const address = readAddress(octets, 0, 4);
  assert.deepEqual(address, { family: 16, octets: Buffer.from([0xde, 0xad]) });
  assert.deepEqual(addressOctets(address), octets);
});

test('a DiameterURI has the defaults of its scheme', () => {
  assert.deepEqual(parseDiameterUri('aaa://host.example.com'), {
    isSecure: false,
    host: 'host.example.com',
    port: 3868,
    transport: 'tcp',
    protocol: 'diameter',
  });
  assert.equal(parseDiameterUri('aaas://host.example.com')?.port, 5658);
  for (const wrong of [
    'http://host',
    'aaa://',
    'aaa://host:99999',
    'aaa://host;transport=udp;protocol=diameter',
    `aaa://${'a'.repeat(600)}`,
  ])
    assert.equal(parseDiameterUri(wrong), undefined, wrong);
});

test('what a peer would send, and what we answer, is in order by our own dictionary', () => {
  assert.equal(checkMessage(new Message(sampleRequest('Credit-Control', open5gsInitial()))), undefined);
  assert.equal(checkMessage(new Message(sampleAnswer('Credit-Control', quotaAnswer()))), undefined);
});

test('the CCR-I of Open5GS is read: who, where, how much', () => {
  const message = new Message(sampleRequest('Credit-Control', open5gsInitial()));
  const packet = message.get('Service-Information')?.get('PS-Information');
  assert.deepEqual(
    message.all('Subscription-Id').map((each) => [each.get('Subscription-Id-Type'), each.get('Subscription-Id-Data')]),
    [
      [1, '999700000000001'],
      [0, '12065550142'],
    ],
  );
  assert.deepEqual(packet?.all('PDP-Address'), [
    { family: 'ipv4', text: '10.45.0.2' },
    { family: 'ipv6', text: '2001:db8:cafe::2' },
  ]);
  assert.equal(packet?.get('3GPP-SGSN-MCC-MNC'), '99970');
  assert.equal(message.get('Multiple-Services-Credit-Control')?.get('Requested-Service-Unit')?.get('CC-Total-Octets'), 1_000_000n);
  assert.equal(message.has('Rating-Group'), false);
  assert.equal(message.get('Event-Timestamp')?.toISOString(), '2026-11-02T17:00:00.000Z');
});

test('an AVP of a vendor is not taken for the IETF one of its code', () => {
  const octets = writeAvpsAlone([avp('3GPP-IMSI', '999700000000001'), avp('User-Name', 'somebody')]);
  const group = new AvpGroup(octets, 0, octets.length);
  assert.equal(definitionOf('3GPP-IMSI').code, definitionOf('User-Name').code);
  assert.deepEqual([group.get('3GPP-IMSI'), group.get('User-Name')], ['999700000000001', 'somebody']);
});

test('a message longer than the most is a fault of ours, not a broken message', () => {
  const head = { ...requestHead('Credit-Control'), hopByHop: 1, endToEnd: 1 };
  const most = MESSAGE_OCTETS_MAX - 20 - 8;
  assert.equal(writeMessage({ ...head, avps: [avp('Proxy-State', Buffer.alloc(most))] }).length, MESSAGE_OCTETS_MAX);
  for (const value of [avp('Proxy-State', Buffer.alloc(most + 1)), avp('User-Name', 'x'.repeat(MESSAGE_OCTETS_MAX))])
    assert.throws(() => writeMessage({ ...head, avps: [value] }), /at most 65536 octets/);
  assert.throws(() => writeMessage({ ...head, avps: new Array(9000).fill(avp('CC-Time', 1)) }), /at most 65536 octets/);
});
