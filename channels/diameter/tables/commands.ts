/**
 * Commands with their grammars: the base protocol's own (RFC 6733 §5), credit control (RFC 8506 §3, TS 32.299 §6.4) and Sy
 * (TS 29.219 §5.6). Re-Auth, Abort-Session and Session-Termination come once for each application that uses them.
 */
export const APPLICATION = {
  BASE: 0,
  CREDIT_CONTROL: 4,
  SY: 16_777_302,
  /** What a relay advertises: any of them (RFC 6733 §2.4). */
  RELAY: 0xffff_ffff,
} as const;

type CommandRow = {
  readonly code: number;
  readonly application: number;
  /** Whether agents may carry it on: the P bit (RFC 6733 §3). */
  readonly isProxiable: boolean;
  readonly request: string;
  readonly answer: string;
};

const ROUTE = '{ Origin-Host } { Origin-Realm } { Destination-Realm }';
const SENDER = '{ Origin-Host } { Origin-Realm }';
const RESULT = '[ Result-Code ] [ Experimental-Result ]';
const ERROR = '[ Error-Message ] [ Error-Reporting-Host ] * [ Failed-AVP ]';
const REST = '* [ Proxy-Info ] * [ Route-Record ] * [ AVP ]';

const CAPABILITIES = `1* { Host-IP-Address } { Vendor-Id } { Product-Name } [ Origin-State-Id ] * [ Supported-Vendor-Id ]
  * [ Auth-Application-Id ] * [ Inband-Security-Id ] * [ Acct-Application-Id ] * [ Vendor-Specific-Application-Id ]
  [ Firmware-Revision ] * [ AVP ]`;

const RE_AUTH = {
  code: 258,
  isProxiable: true,
  request: `< Session-Id > ${ROUTE} { Destination-Host } { Auth-Application-Id } { Re-Auth-Request-Type } [ User-Name ] [ Origin-State-Id ]
    [ CC-Sub-Session-Id ] [ G-S-U-Pool-Identifier ] [ Service-Identifier ] [ Rating-Group ] ${REST}`,
  answer: `< Session-Id > { Result-Code } ${SENDER} [ User-Name ] [ Origin-State-Id ] [ CC-Sub-Session-Id ] ${ERROR} ${REST}`,
} as const;

const ABORT_SESSION = {
  code: 274,
  isProxiable: true,
  request: `< Session-Id > ${ROUTE} { Destination-Host } { Auth-Application-Id } [ User-Name ] [ Origin-State-Id ] ${REST}`,
  answer: `< Session-Id > { Result-Code } ${SENDER} [ User-Name ] [ Origin-State-Id ] ${ERROR} ${REST}`,
} as const;

export const COMMANDS = {
  'Capabilities-Exchange': {
    code: 257,
    application: APPLICATION.BASE,
    isProxiable: false,
    request: `${SENDER} ${CAPABILITIES}`,
    answer: `{ Result-Code } ${SENDER} [ Error-Message ] * [ Failed-AVP ] ${CAPABILITIES}`,
  },
  'Device-Watchdog': {
    code: 280,
    application: APPLICATION.BASE,
    isProxiable: false,
    request: `${SENDER} [ Origin-State-Id ] * [ AVP ]`,
    answer: `{ Result-Code } ${SENDER} [ Error-Message ] * [ Failed-AVP ] [ Origin-State-Id ] * [ AVP ]`,
  },
  'Disconnect-Peer': {
    code: 282,
    application: APPLICATION.BASE,
    isProxiable: false,
    request: `${SENDER} { Disconnect-Cause } * [ AVP ]`,
    answer: `{ Result-Code } ${SENDER} [ Error-Message ] * [ Failed-AVP ] * [ AVP ]`,
  },
  'Credit-Control': {
    code: 272,
    application: APPLICATION.CREDIT_CONTROL,
    isProxiable: true,
    request: `< Session-Id > ${ROUTE} { Auth-Application-Id } { Service-Context-Id } { CC-Request-Type } { CC-Request-Number }
      [ Destination-Host ] [ User-Name ] [ CC-Sub-Session-Id ] [ Acct-Multi-Session-Id ] [ Origin-State-Id ] [ Event-Timestamp ]
      * [ Subscription-Id ] * [ Subscription-Id-Extension ] [ Service-Identifier ] [ Termination-Cause ] [ Requested-Service-Unit ]
      [ Requested-Action ] * [ Used-Service-Unit ] [ Multiple-Services-Indicator ] * [ Multiple-Services-Credit-Control ]
      * [ Service-Parameter-Info ] [ CC-Correlation-Id ] [ User-Equipment-Info ] [ User-Equipment-Info-Extension ]
      [ AoC-Request-Type ] [ Service-Information ] ${REST}`,
    answer: `< Session-Id > { Result-Code } ${SENDER} { Auth-Application-Id } { CC-Request-Type } { CC-Request-Number } [ User-Name ]
      [ CC-Session-Failover ] [ CC-Sub-Session-Id ] [ Acct-Multi-Session-Id ] [ Origin-State-Id ] [ Event-Timestamp ]
      [ Granted-Service-Unit ] * [ Multiple-Services-Credit-Control ] [ Cost-Information ] [ Final-Unit-Indication ]
      [ QoS-Final-Unit-Indication ] [ Check-Balance-Result ] [ Credit-Control-Failure-Handling ] [ Direct-Debiting-Failure-Handling ]
      [ Validity-Time ] [ Low-Balance-Indication ] [ Remaining-Balance ] [ Service-Information ] ${ERROR} ${REST}`,
  },
  'Re-Auth': { ...RE_AUTH, application: APPLICATION.CREDIT_CONTROL },
  'Abort-Session': { ...ABORT_SESSION, application: APPLICATION.CREDIT_CONTROL },
  'Spending-Limit': {
    code: 8_388_635,
    application: APPLICATION.SY,
    isProxiable: true,
    request: `< Session-Id > { Auth-Application-Id } ${ROUTE} [ Destination-Host ] [ Origin-State-Id ] { SL-Request-Type } * [ Subscription-Id ]
      * [ Policy-Counter-Identifier ] * [ Supported-Features ] [ OC-Supported-Features ] ${REST}`,
    answer: `< Session-Id > { Auth-Application-Id } ${SENDER} ${RESULT} * [ Policy-Counter-Status-Report ] [ Origin-State-Id ] ${ERROR} ${REST}`,
  },
  'Spending-Status-Notification': {
    code: 8_388_636,
    application: APPLICATION.SY,
    isProxiable: true,
    request: `< Session-Id > ${ROUTE} { Destination-Host } { Auth-Application-Id } [ Origin-State-Id ] [ SN-Request-Type ]
      * [ Policy-Counter-Status-Report ] ${REST}`,
    answer: `< Session-Id > ${SENDER} ${RESULT} [ Origin-State-Id ] ${ERROR} ${REST}`,
  },
  'Session-Termination': {
    code: 275,
    application: APPLICATION.SY,
    isProxiable: true,
    request: `< Session-Id > ${ROUTE} { Auth-Application-Id } { Termination-Cause } [ User-Name ] [ Destination-Host ] [ Origin-State-Id ] ${REST}`,
    answer: `< Session-Id > ${SENDER} ${RESULT} [ User-Name ] [ Origin-State-Id ] ${ERROR} ${REST}`,
  },
} as const satisfies Readonly<Record<string, CommandRow>>;

/** An answer with the E bit, whatever its command (RFC 6733 §7.2). */
export const ERROR_ANSWER = `[ Session-Id ] ${SENDER} [ Result-Code ] [ Origin-State-Id ] ${ERROR} [ Experimental-Result ] ${REST}`;
