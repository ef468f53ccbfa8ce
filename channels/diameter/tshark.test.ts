/** What we write, read by somebody else: tshark finds nothing malformed in it, and knows our AVPs by the same names and values. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  callInitial,
  capabilities,
  gatewayUpdate,
  grantSome,
  messageEvent,
  OCS,
  open5gsInitial,
  quotaAnswer,
  REALM,
  sampleAnswer,
  sampleRequest,
  spendingLimitAnswer,
  spendingLimitInitial,
  writeCapture,
} from '#tests/diameter';
import type { AvpDefinition } from './avp-types.ts';
import { checkMessage } from './check-message.ts';
import { AVP_NAMES, definitionOf } from './dictionary.ts';
import { missingAvp } from './finding.ts';
import { Message } from './message.ts';
import { writeAnswer, writeErrorAnswer } from './write-answer.ts';
import { avp, requestHead, writeAvpsAlone, writeMessage } from './write-message.ts';

const isThere = spawnSync('tshark', ['--version']).status === 0;
const skip = isThere ? false : 'tshark is not on this machine (Debian: apt-get install tshark)';

function dissect(t: TestContext, messages: readonly Buffer[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'everline-tshark-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'messages.pcap');
  writeFileSync(file, writeCapture(messages));
  const { stdout, stderr, status } = spawnSync('tshark', ['-r', file, '-V', '-O', 'diameter'], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' },
  });
  assert.equal(status, 0, stderr);
  return stdout;
}

test('tshark finds nothing malformed in what we write, and the values that we put in', { skip }, (t) => {
  const sender = writeAvpsAlone([avp('Origin-Host', OCS), avp('Origin-Realm', REALM)]);
  const request = new Message(sampleRequest('Credit-Control', open5gsInitial()));
  const broken = new Message(sampleRequest('Credit-Control', [...open5gsInitial(), avp('CC-Request-Number', 1)]));
  const finding = checkMessage(broken) ?? assert.fail();
  const messages = [
    sampleRequest('Capabilities-Exchange', capabilities()),
    request.octets,
    writeAnswer(request, grantSome(request), sender),
    writeErrorAnswer(broken, finding, sender),
    sampleRequest('Credit-Control', gatewayUpdate()),
    sampleAnswer('Credit-Control', quotaAnswer()),
    sampleRequest('Credit-Control', messageEvent()),
    sampleRequest('Credit-Control', callInitial()),
    sampleRequest('Spending-Limit', spendingLimitInitial()),
    sampleAnswer('Spending-Limit', spendingLimitAnswer()),
  ];
  const told = dissect(t, messages);
  assert.equal(told.match(/^Diameter Protocol/gm)?.length, messages.length);
  assert.deepEqual(
    told.split('\n').filter((line) => /malformed|AVP: Unknown|bogus|Expert Info \(Error/i.test(line)),
    [],
  );
  for (const value of [
    'Session-Id: smf.epc.mnc070.mcc999.3gppnetwork.org;1762102800;1;app_gy',
    'CC-Request-Type: INITIAL_REQUEST (1)',
    'CC-Total-Octets: 9223372036854775808',
    'CC-Total-Octets: 5368709121',
    'Value-Digits: -1234',
    'PDP-Address Address: 2001:db8:cafe::2',
    'Event-Timestamp: Nov  2, 2026 17:00:00.000000000 UTC',
    'Tariff-Time-Change: Nov  3, 2026 00:00:00.000000000 UTC',
    'Restriction-Filter-Rule: permit out ip from 192.0.2.10 443 to assigned',
    'Policy-Counter-Status: available',
    'Called-Party-Address: tel:+12065550143',
    'Result-Code: DIAMETER_AVP_OCCURS_TOO_MANY_TIMES (5009)',
  ])
    assert.ok(told.includes(value), value);
});

/** Other names for the same, in its dictionary of 4.0. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'Acct-Multi-Session-Id': 'Accounting-Multi-Session-Id',
  'Reporting-Reason': '3GPP-Reporting-Reason',
  'SIP-Method': '3GPP-SIP-Method',
};
/** Not yet in it: what RFC 8506 added to RFC 4006, and the last release of TS 29.219. */
const NOT_KNOWN_TO_IT =
  /^(Subscription-Id-|Redirect-Server-Extension|Redirect-Address-(IPAddress|URL|SIP-URI)|QoS-Final-Unit|SN-Request-Type)/;

test('tshark knows every AVP of our tables by its code, vendor and name', { skip }, (t) => {
  const definitions = AVP_NAMES.map(definitionOf);
  const head = { ...requestHead('Credit-Control'), hopByHop: 1, endToEnd: 1 };
  // It takes nothing shorter than a watchdog for Diameter, so each AVP has company.
  const company = avp('Failed-AVP', [avp('Class', Buffer.alloc(16))]);
  const told = dissect(
    t,
    definitions.map((each) => writeMessage({ ...head, avps: [company, { octets: missingAvp(each) }] })),
  );
  const names = [...told.matchAll(/^ {4}AVP: (.+?)\((\d+)\)/gm)].filter((_, place) => place % 2 === 1);
  assert.equal(names.length, definitions.length);
  const others = definitions.flatMap((definition: AvpDefinition, place) => {
    const [, name = '', code] = names[place] ?? [];
    assert.equal(Number(code), definition.code);
    if (name === 'Unknown' && NOT_KNOWN_TO_IT.test(definition.name)) return [];
    return name.toLowerCase() === (OTHER_NAMES[definition.name] ?? definition.name).toLowerCase() ? [] : [`${definition.name}: ${name}`];
  });
  assert.deepEqual(others, []);
});
