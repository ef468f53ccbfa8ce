/**
 * Messages as peers send them, made by our own builder from what protocols.md and the standards say of each: the SMF of
 * Open5GS, a commercial gateway with rating groups, an IMS call, a message centre, a PCRF on Sy.
 */
import {
  APPLICATION,
  type Avps,
  avp,
  type CommandName,
  ipAddress,
  MESSAGE_FLAG,
  requestHead,
  VENDOR_3GPP,
  valuesOf,
  writeMessage,
} from '#channels/diameter';

export const REALM = 'epc.mnc070.mcc999.3gppnetwork.org';
export const SMF = `smf.${REALM}`;
export const PCRF = `pcrf.${REALM}`;
export const OCS = `ocs.${REALM}`;

const { INITIAL_REQUEST, UPDATE_REQUEST, EVENT_REQUEST } = valuesOf('CC-Request-Type');
const AT = new Date('2026-11-02T17:00:00Z');

/** A request of a sample's kind to its octets, with identifiers of its own. */
export function sampleRequest(name: CommandName, avps: Avps, hopByHop = 0x1234_5678): Buffer {
  return writeMessage({ ...requestHead(name), hopByHop, endToEnd: 0x9abc_def0, avps });
}

export function sampleAnswer(name: CommandName, avps: Avps, hopByHop = 0x1234_5678): Buffer {
  const head = requestHead(name);
  return writeMessage({ ...head, flags: head.flags & ~MESSAGE_FLAG.REQUEST, hopByHop, endToEnd: 0x9abc_def0, avps });
}

export const SESSION_ID = `${SMF};1762102800;1;app_gy`;

const route = (originHost: string): Avps => [avp('Origin-Host', originHost), avp('Origin-Realm', REALM), avp('Destination-Realm', REALM)];

/** CCR-I of the Open5GS SMF: one MSCC without a rating group, IMSI and number, IMEISV, where the phone is. */
export function open5gsInitial(sessionId = SESSION_ID): Avps {
  return [
    avp('Session-Id', sessionId),
    ...route(SMF),
    avp('Auth-Application-Id', APPLICATION.CREDIT_CONTROL),
    avp('Service-Context-Id', '32251@3gpp.org'),
    avp('CC-Request-Type', INITIAL_REQUEST),
    avp('CC-Request-Number', 0),
    avp('Origin-State-Id', 1_762_000_000),
    avp('Event-Timestamp', AT),
    ...subscriber(),
    avp('Requested-Action', valuesOf('Requested-Action').DIRECT_DEBITING),
    avp('Multiple-Services-Indicator', valuesOf('Multiple-Services-Indicator').MULTIPLE_SERVICES_NOT_SUPPORTED),
    avp('Multiple-Services-Credit-Control', [
      avp('Requested-Service-Unit', [avp('CC-Total-Octets', 1_000_000n)]),
      avp('Used-Service-Unit', [avp('CC-Time', 0), avp('CC-Input-Octets', 0n), avp('CC-Output-Octets', 0n)]),
      avp('QoS-Information', [
        avp('QoS-Class-Identifier', 9),
        avp('Allocation-Retention-Priority', [
          avp('Priority-Level', 8),
          avp('Pre-emption-Capability', valuesOf('Pre-emption-Capability').DISABLED),
          avp('Pre-emption-Vulnerability', valuesOf('Pre-emption-Vulnerability').DISABLED),
        ]),
        avp('APN-Aggregate-Max-Bitrate-UL', 1_024_000_000),
        avp('APN-Aggregate-Max-Bitrate-DL', 1_024_000_000),
      ]),
    ]),
    avp('User-Equipment-Info', [
      avp('User-Equipment-Info-Type', valuesOf('User-Equipment-Info-Type').IMEISV),
      avp('User-Equipment-Info-Value', Buffer.from('4370816125816151')),
    ]),
    avp('Service-Information', [
      avp('PS-Information', [
        avp('3GPP-Charging-Id', Buffer.from([0, 0, 0, 1])),
        avp('3GPP-PDP-Type', valuesOf('3GPP-PDP-Type').IPV4V6),
        avp('PDP-Address', ipAddress('10.45.0.2')),
        avp('PDP-Address', ipAddress('2001:db8:cafe::2')),
        avp('SGSN-Address', ipAddress('127.0.0.3')),
        avp('GGSN-Address', ipAddress('127.0.0.4')),
        avp('Called-Station-Id', 'internet'),
        avp('3GPP-Selection-Mode', '0'),
        avp('3GPP-SGSN-MCC-MNC', '99970'),
        avp('3GPP-NSAPI', '5'),
        avp('3GPP-RAT-Type', Buffer.from([6])),
        avp('3GPP-User-Location-Info', Buffer.from('8299f9070001 99f907000113 0b'.replaceAll(' ', ''), 'hex')),
        avp('3GPP-MS-TimeZone', Buffer.from([0x08, 0x00])),
      ]),
    ]),
  ];
}

const subscriber = (): Avps => [
  avp('Subscription-Id', [
    avp('Subscription-Id-Type', valuesOf('Subscription-Id-Type').END_USER_IMSI),
    avp('Subscription-Id-Data', '999700000000001'),
  ]),
  avp('Subscription-Id', [
    avp('Subscription-Id-Type', valuesOf('Subscription-Id-Type').END_USER_E164),
    avp('Subscription-Id-Data', '12065550142'),
  ]),
];

/** CCR-U of a gateway with rating groups: two services, one across a tariff change, volumes past 32 bits. */
export function gatewayUpdate(): Avps {
  const { UNIT_BEFORE_TARIFF_CHANGE, UNIT_AFTER_TARIFF_CHANGE } = valuesOf('Tariff-Change-Usage');
  return [
    avp('Session-Id', SESSION_ID),
    ...route(SMF),
    avp('Auth-Application-Id', APPLICATION.CREDIT_CONTROL),
    avp('Service-Context-Id', '8.32251@3gpp.org'),
    avp('CC-Request-Type', UPDATE_REQUEST),
    avp('CC-Request-Number', 7),
    avp('Destination-Host', OCS),
    ...subscriber(),
    avp('Multiple-Services-Indicator', valuesOf('Multiple-Services-Indicator').MULTIPLE_SERVICES_SUPPORTED),
    avp('Multiple-Services-Credit-Control', [
      avp('Requested-Service-Unit', []),
      avp('Used-Service-Unit', [avp('Tariff-Change-Usage', UNIT_BEFORE_TARIFF_CHANGE), avp('CC-Total-Octets', 5_368_709_121n)]),
      avp('Used-Service-Unit', [avp('Tariff-Change-Usage', UNIT_AFTER_TARIFF_CHANGE), avp('CC-Total-Octets', 1n)]),
      avp('Service-Identifier', 1),
      avp('Rating-Group', 10),
      avp('Reporting-Reason', valuesOf('Reporting-Reason').RATING_CONDITION_CHANGE),
      avp('Trigger', [avp('Trigger-Type', valuesOf('Trigger-Type').CHANGE_IN_RAT)]),
    ]),
    avp('Multiple-Services-Credit-Control', [
      avp('Used-Service-Unit', [avp('CC-Total-Octets', 2n ** 63n)]),
      avp('Rating-Group', 20),
      avp('Reporting-Reason', valuesOf('Reporting-Reason').FINAL),
    ]),
  ];
}

/** CCR-E of a message centre. */
export function messageEvent(): Avps {
  return [
    avp('Session-Id', `smsc.${REALM};1;2`),
    ...route(SMF),
    avp('Auth-Application-Id', APPLICATION.CREDIT_CONTROL),
    avp('Service-Context-Id', '32274@3gpp.org'),
    avp('CC-Request-Type', EVENT_REQUEST),
    avp('CC-Request-Number', 0),
    ...subscriber(),
    avp('Requested-Service-Unit', [avp('CC-Service-Specific-Units', 1n)]),
    avp('Requested-Action', valuesOf('Requested-Action').DIRECT_DEBITING),
    avp('Service-Information', [
      avp('SMS-Information', [
        avp('SMSC-Address', { family: 'e164', text: '12065550100' }),
        avp('SM-Message-Type', valuesOf('SM-Message-Type').SUBMISSION),
        avp('Number-Of-Messages-Sent', 1),
        avp('Recipient-Info', [
          avp('Recipient-Address', [avp('Address-Type', valuesOf('Address-Type').MSISDN), avp('Address-Data', '12065550143')]),
        ]),
      ]),
    ]),
  ];
}

/** CCR-I of an IMS call. */
export function callInitial(): Avps {
  return [
    avp('Session-Id', `as.${REALM};3;4`),
    ...route(SMF),
    avp('Auth-Application-Id', APPLICATION.CREDIT_CONTROL),
    avp('Service-Context-Id', '32260@3gpp.org'),
    avp('CC-Request-Type', INITIAL_REQUEST),
    avp('CC-Request-Number', 0),
    ...subscriber(),
    avp('Multiple-Services-Credit-Control', [avp('Requested-Service-Unit', [avp('CC-Time', 60)]), avp('Rating-Group', 100)]),
    avp('Service-Information', [
      avp('IMS-Information', [
        avp('Event-Type', [avp('SIP-Method', 'INVITE')]),
        avp('Role-Of-Node', valuesOf('Role-Of-Node').ORIGINATING_ROLE),
        avp('Node-Functionality', valuesOf('Node-Functionality').AS),
        avp('User-Session-Id', 'a84b4c76e66710@pc33.example.org'),
        avp('Calling-Party-Address', 'tel:+12065550142'),
        avp('Called-Party-Address', 'tel:+12065550143'),
        avp('Time-Stamps', [avp('SIP-Request-Timestamp', AT)]),
        avp('Inter-Operator-Identifier', [avp('Originating-IOI', 'northwind.example')]),
        avp('IMS-Charging-Identifier', 'icid-1'),
        avp('Cause-Code', 0),
      ]),
    ]),
  ];
}

/** CCA with everything a quota can say. */
export function quotaAnswer(): Avps {
  return [
    avp('Session-Id', SESSION_ID),
    avp('Result-Code', 2001),
    avp('Origin-Host', OCS),
    avp('Origin-Realm', REALM),
    avp('Auth-Application-Id', APPLICATION.CREDIT_CONTROL),
    avp('CC-Request-Type', UPDATE_REQUEST),
    avp('CC-Request-Number', 7),
    avp('CC-Session-Failover', valuesOf('CC-Session-Failover').FAILOVER_SUPPORTED),
    avp('Multiple-Services-Credit-Control', [
      avp('Granted-Service-Unit', [avp('Tariff-Time-Change', new Date('2026-11-03T00:00:00Z')), avp('CC-Total-Octets', 104_857_600n)]),
      avp('Rating-Group', 10),
      avp('Validity-Time', 600),
      avp('Result-Code', 2001),
      avp('Final-Unit-Indication', [
        avp('Final-Unit-Action', valuesOf('Final-Unit-Action').REDIRECT),
        avp('Restriction-Filter-Rule', 'permit out ip from 192.0.2.10 443 to assigned'),
        avp('Redirect-Server', [
          avp('Redirect-Address-Type', valuesOf('Redirect-Address-Type').URL),
          avp('Redirect-Server-Address', 'https://pay.northwind.example/l/abc'),
        ]),
      ]),
      avp('Time-Quota-Threshold', 60),
      avp('Volume-Quota-Threshold', 10_485_760),
      avp('Quota-Holding-Time', 300),
    ]),
    avp('Cost-Information', [avp('Unit-Value', [avp('Value-Digits', -1234n), avp('Exponent', -2)]), avp('Currency-Code', 840)]),
    avp('Credit-Control-Failure-Handling', valuesOf('Credit-Control-Failure-Handling').TERMINATE),
  ];
}

/** SLR-I of a PCRF, and the answer with a counter that changes at midnight. */
export function spendingLimitInitial(): Avps {
  return [
    avp('Session-Id', `${PCRF};5;6`),
    avp('Auth-Application-Id', APPLICATION.SY),
    ...route(PCRF),
    avp('SL-Request-Type', valuesOf('SL-Request-Type').INITIAL_REQUEST),
    ...subscriber(),
    avp('Policy-Counter-Identifier', 'data-full-speed'),
    avp('Supported-Features', [avp('Vendor-Id', VENDOR_3GPP), avp('Feature-List-ID', 1), avp('Feature-List', 0)]),
  ];
}

export function spendingLimitAnswer(): Avps {
  return [
    avp('Session-Id', `${PCRF};5;6`),
    avp('Auth-Application-Id', APPLICATION.SY),
    avp('Origin-Host', OCS),
    avp('Origin-Realm', REALM),
    avp('Result-Code', 2001),
    avp('Policy-Counter-Status-Report', [
      avp('Policy-Counter-Identifier', 'data-full-speed'),
      avp('Policy-Counter-Status', 'available'),
      avp('Pending-Policy-Counter-Information', [
        avp('Policy-Counter-Status', 'spent'),
        avp('Pending-Policy-Counter-Change-Time', new Date('2026-11-03T00:00:00Z')),
      ]),
    ]),
  ];
}

/** CER of the SMF, for Gy alone or with more. */
export function capabilities(originHost = SMF, applications: Avps = [avp('Auth-Application-Id', APPLICATION.CREDIT_CONTROL)]): Avps {
  return [
    avp('Origin-Host', originHost),
    avp('Origin-Realm', REALM),
    avp('Host-IP-Address', ipAddress('127.0.0.1')),
    avp('Vendor-Id', 0),
    avp('Product-Name', 'freeDiameter'),
    avp('Origin-State-Id', 1_762_000_000),
    avp('Supported-Vendor-Id', VENDOR_3GPP),
    ...applications,
    avp('Inband-Security-Id', 0),
  ];
}
