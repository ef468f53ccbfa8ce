/** A peer that writes what a scenario asks as Gy and reads its answer from the socket: our codec on both sides, and the door between them. */
import {
  APPLICATION,
  type AvpGroup,
  type Avps,
  avp,
  connectDiameter,
  type Message,
  type PeerConnection,
  RESULT,
  valuesOf,
} from '#channels/diameter';
import { openGy } from '#channels/gy';
import {
  type AnsweredItem,
  type AskedItem,
  type ChargingAnswer,
  type ChargingRequest,
  type ChargingResult,
  enquireCharge,
  RESULTS,
  type ServiceKind,
} from '#domain/charging';
import { assert, present } from '#platform/assert';
import { OffsetClock } from '#platform/clock';
import { createLog } from '#platform/log';
import { type Charge, PEER } from './ask-scenario.ts';
import type { ChargingHouse } from './example-charging.ts';

const CONTEXTS = { data: '8.32251@3gpp.org', voice: '8.32260@3gpp.org', message: '8.32274@3gpp.org' } as const;
const TYPE = valuesOf('CC-Request-Type');
const TYPES = {
  ...{ begin: TYPE.INITIAL_REQUEST, update: TYPE.UPDATE_REQUEST, end: TYPE.TERMINATION_REQUEST },
  ...{ event: TYPE.EVENT_REQUEST, refund: TYPE.EVENT_REQUEST },
} as const;
const ACTION = valuesOf('Requested-Action');
const TARIFF = valuesOf('Tariff-Change-Usage');
const ADDRESS = valuesOf('Address-Type');
/** Another of the same network, which takes back what is not its own. */
const OTHER = 'other.example';
/** More than one AVP holds is told in several. */
const UNITS_MAX = 2n ** 63n;
const log = createLog(2, 'silent');

/**
 * One door for a whole table. The quota sizes of the table are those of an example profile, so each request is charged under the one of its
 * scenario; whatever else there is goes over the socket.
 */
export async function gyAsker(t: { after(end: () => Promise<void> | void): void }, { test, engine }: ChargingHouse): Promise<Charge> {
  // What a scenario waits is not waited on the connection: nobody would answer its watchdog.
  const clock = new OffsetClock();
  let terms: Partial<Pick<ChargingRequest, 'profile' | 'leadsToPage'>> = {};
  const charge: Charge = (request) => engine.charge({ ...request, ...terms });
  const peer = { profile: 'standard', addresses: ['127.0.0.1'], needsTls: false, carriesOthers: false, requestsMax: 100 } as const;
  const door = await openGy({
    listen: [{ host: '127.0.0.1', port: 0 }],
    ...{ originHost: 'ocs.everline.example', originRealm: 'everline.example', originStateId: 1, clock, log },
    peers: () => [PEER, OTHER].map((originHost) => ({ ...peer, originHost })),
    engine: { ...engine, charge },
    enquire: (request) => enquireCharge(test.tools, test.catalog, request),
  });
  const connections = new Map<string, PeerConnection>();
  for (const originHost of [PEER, OTHER])
    connections.set(
      originHost,
      await connectDiameter({
        ...{ host: '127.0.0.1', port: present(door.ports[0], 'a port'), clock, log },
        identity: { originHost, originRealm: 'example', productName: 'scenario', vendorId: 0, originStateId: 1 },
        applications: [{ id: APPLICATION.CREDIT_CONTROL, vendor: 0, takes: ['Re-Auth', 'Abort-Session'] }],
        onRequest: () => ({ resultCode: RESULT.SUCCESS }),
      }),
    );
  t.after(async () => {
    for (const connection of connections.values()) connection.drop();
    await door.close();
  });
  const keys: string[] = [];
  return async (request) => {
    terms = { profile: request.profile, leadsToPage: request.leadsToPage === true };
    const connection = present(connections.get(request.peer), 'a peer of the table');
    const outcome = await connection.request('Credit-Control', writeRequest(request, keys));
    assert(outcome.kind === 'answered', `a whole answer (${outcome.kind})`);
    return readAnswer(outcome.answer, request.kind);
  };
}

/** `keys`: of refunds, each under its own number. */
function writeRequest(request: ChargingRequest, keys: string[]): Avps {
  const { reference, operation, number, kind, line, items, visitedNetwork, destination, refundOf } = request;
  const key = `${reference}/${request.key}`;
  if (operation === 'refund' && !keys.includes(key)) keys.push(key);
  return [
    avp('Session-Id', reference),
    avp('Destination-Realm', 'everline.example'),
    avp('Auth-Application-Id', APPLICATION.CREDIT_CONTROL),
    avp('Service-Context-Id', CONTEXTS[kind]),
    avp('CC-Request-Type', TYPES[operation]),
    avp('CC-Request-Number', operation === 'refund' ? keys.indexOf(key) : Number(number)),
    avp('Subscription-Id', [
      avp('Subscription-Id-Type', valuesOf('Subscription-Id-Type').END_USER_E164),
      avp('Subscription-Id-Data', (line.number ?? '').slice(1)),
    ]),
    operation === 'event' ? avp('Requested-Action', ACTION.DIRECT_DEBITING) : undefined,
    operation === 'refund' ? avp('Requested-Action', ACTION.REFUND_ACCOUNT) : undefined,
    refundOf === undefined ? undefined : avp('Refund-Information', Buffer.from(refundOf, 'latin1')),
    ...items.map((item) => avp('Multiple-Services-Credit-Control', writeService(item, kind))),
    visitedNetwork === undefined && destination === undefined
      ? undefined
      : avp('Service-Information', [
          visitedNetwork === undefined ? undefined : avp('PS-Information', [avp('3GPP-SGSN-MCC-MNC', visitedNetwork)]),
          destination === undefined ? undefined : writeDestination(destination, kind),
        ]),
  ];
}

function writeDestination(destination: string, kind: ServiceKind) {
  if (kind === 'voice') return avp('IMS-Information', [avp('Called-Party-Address', `tel:${destination}`)]);
  const address = [avp('Address-Type', ADDRESS.MSISDN), avp('Address-Data', destination.replace('+', ''))];
  return avp('SMS-Information', [avp('Recipient-Info', [avp('Recipient-Address', address)])]);
}

function writeService({ ratingGroup, asked, used, usedAfterTariffChange: after }: AskedItem, kind: ServiceKind): Avps {
  const divided: readonly (readonly [bigint, number | undefined])[] =
    after === undefined
      ? [[used ?? 0n, undefined]]
      : [
          [(used ?? 0n) - after, TARIFF.UNIT_BEFORE_TARIFF_CHANGE],
          [after, TARIFF.UNIT_AFTER_TARIFF_CHANGE],
        ];
  const reports = divided.flatMap(([whole, when]) =>
    pieces(whole).map((part) => [when === undefined ? undefined : avp('Tariff-Change-Usage', when), units(part, kind)]),
  );
  return [
    asked === undefined ? undefined : avp('Requested-Service-Unit', asked === null ? [] : [units(asked, kind)]),
    ...(used === undefined ? [] : reports.map((report) => avp('Used-Service-Unit', report))),
    ratingGroup === null ? undefined : avp('Rating-Group', ratingGroup),
  ];
}

/** At least one, be it of nothing. */
export function pieces(whole: bigint): bigint[] {
  return whole <= UNITS_MAX ? [whole] : [UNITS_MAX, ...pieces(whole - UNITS_MAX)];
}

function units(quantity: bigint, kind: ServiceKind) {
  if (kind === 'voice') return avp('CC-Time', Number(quantity));
  return kind === 'message' ? avp('CC-Service-Specific-Units', quantity) : avp('CC-Total-Octets', quantity);
}

function readAnswer(answer: Message, kind: ServiceKind): ChargingAnswer {
  const refund = answer.get('Refund-Information');
  return {
    result: resultOf(answer.get('Result-Code')),
    items: answer.all('Multiple-Services-Credit-Control').map((service) => readService(service, kind)),
    ...(refund === undefined ? {} : { refundInformation: refund.toString('latin1') }),
  };
}

function readService(service: AvpGroup, kind: ServiceKind): AnsweredItem {
  const given = service.get('Granted-Service-Unit');
  const names = { data: 'CC-Total-Octets', voice: 'CC-Time', message: 'CC-Service-Specific-Units' } as const;
  const quantity = given?.get(names[kind]);
  return {
    ratingGroup: service.get('Rating-Group') ?? null,
    serviceIdentifier: null,
    result: resultOf(service.get('Result-Code')),
    granted: quantity === undefined ? null : BigInt(quantity),
    validitySeconds: service.get('Validity-Time') ?? null,
    threshold: null,
    tariffChangeAt: given?.get('Tariff-Time-Change') ?? null,
    final: service.has('Final-Unit-Indication'),
    // Gy tells no speed.
    speed: 'full',
  };
}

function resultOf(code: number | undefined): ChargingResult {
  const names = Object.keys(RESULTS) as ChargingResult[];
  return present(
    names.find((name) => RESULTS[name].diameter === code),
    `a result of ours (${code})`,
  );
}
