/**
 * A Credit-Control-Request as charging understands it (RFC 8506 §3.1, 3GPP TS 32.299 §6.4.2). What the grammar requires was
 * checked before (channels/diameter); here is read what it means.
 */
import { hash } from 'node:crypto';
import { type AvpGroup, type Message, type PeerConnection, RESULT, readLineName, valuesOf } from '#channels/diameter';
import type { AskedItem, ChargingRequest, PeerProfile, ServiceKind } from '#domain/charging';

/** What is wrong, as a Result-Code and for the peer's log. */
export type Unreadable = { readonly resultCode: number; readonly errorMessage: string };

const TYPE = valuesOf('CC-Request-Type');
const ACTION = valuesOf('Requested-Action');
const TARIFF = valuesOf('Tariff-Change-Usage');
const ADDRESS = valuesOf('Address-Type');

/** Matched by its end: "8.32251@3gpp.org" occurs, with a release before it (TS 32.299 §7.1.12). */
const KIND_BY_CONTEXT: readonly (readonly [string, ServiceKind])[] = [
  ['32251@3gpp.org', 'data'],
  ['32260@3gpp.org', 'voice'],
  ['32274@3gpp.org', 'message'],
];

/** What a deployed peer says instead: the SMF of Open5GS up to 2.6.1, whatever its users do, which is data. */
const OWN_CONTEXTS: Partial<Readonly<Record<PeerProfile['code'], Readonly<Record<string, ServiceKind>>>>> = {
  open5gs: { 'open5gs-smfd@open5gs.org': 'data' },
};

export function readRequest(
  message: Message,
  connection: PeerConnection,
  profileOf: (peer: string) => PeerProfile,
): ChargingRequest | Unreadable {
  const context = message.get('Service-Context-Id') ?? '';
  // A relay's connection carries the requests of others, by their own names.
  const peer = connection.peer?.carriesOthers ? message.get('Origin-Host') : connection.peer?.originHost;
  const profile = profileOf(peer ?? '');
  const kind = KIND_BY_CONTEXT.find(([end]) => context.endsWith(end))?.[1] ?? OWN_CONTEXTS[profile.code]?.[context];
  if (kind === undefined) return { resultCode: RESULT.RATING_FAILED, errorMessage: 'Service-Context-Id is of no service we charge' };
  const type = message.get('CC-Request-Type');
  const number = message.get('CC-Request-Number') ?? 0;
  const information = message.get('Service-Information');
  const visitedNetwork = information?.get('PS-Information')?.get('3GPP-SGSN-MCC-MNC');
  const destination = destinationOf(kind, information);
  return {
    peer: (peer ?? '').toLowerCase(),
    profile,
    reference: message.get('Session-Id') ?? '',
    operation: operationOf(type, message.get('Requested-Action')),
    key: `${type}:${number}`,
    number: BigInt(number),
    contentHash: contentOf(message),
    // The IMSI decides, and a number alone will do (TS 32.299 §6.4.2 has both).
    line: readLineName(message),
    kind,
    ...(visitedNetwork === undefined ? {} : { visitedNetwork }),
    ...(destination === undefined ? {} : { destination }),
    ...refundOf(message),
    items: itemsOf(message, kind),
  };
}

function operationOf(type: number | undefined, action: number | undefined): ChargingRequest['operation'] {
  switch (type) {
    case TYPE.INITIAL_REQUEST:
      return 'begin';
    case TYPE.UPDATE_REQUEST:
      return 'update';
    case TYPE.TERMINATION_REQUEST:
      return 'end';
    default:
      // Open5GS puts Requested-Action into every request; it says something in an event alone (RFC 8506 §8.41).
      return action === ACTION.REFUND_ACCOUNT ? 'refund' : 'event';
  }
}

/** What the answer to the event said of it (3GPP TS 32.299 §7.2.178), in its service or beside it. */
function refundOf(message: Message): Pick<ChargingRequest, 'refundOf'> {
  const named = message.get('Multiple-Services-Credit-Control')?.get('Refund-Information') ?? message.get('Refund-Information');
  return named === undefined ? {} : { refundOf: named.toString('latin1') };
}

/** Whatever is asked and reported; identifiers that a retransmission may change are not in it. */
function contentOf(message: Message): Buffer {
  const parts = [
    ...message.rawAll('Multiple-Services-Credit-Control'),
    ...message.rawAll('Requested-Service-Unit'),
    ...message.rawAll('Used-Service-Unit'),
  ];
  return hash('md5', Buffer.concat(parts), 'buffer');
}

function itemsOf(message: Message, kind: ServiceKind): AskedItem[] {
  const services = message.all('Multiple-Services-Credit-Control');
  if (services.length > 0) return services.map((service) => itemOf(service, kind));
  // Without multiple services one service is meant, with its units at the command's level (RFC 8506 §5.1.2).
  return [itemOf(message, kind)];
}

/** Messages that are asked for without a number are one (TS 32.274 §5.2.2). */
function itemOf(group: AvpGroup, kind: ServiceKind): AskedItem {
  const requested = group.get('Requested-Service-Unit');
  let used: bigint | undefined;
  let after = 0n;
  for (const report of group.all('Used-Service-Unit')) {
    const units = unitsOf(report, kind) ?? 0n;
    used = (used ?? 0n) + units;
    if (report.get('Tariff-Change-Usage') === TARIFF.UNIT_AFTER_TARIFF_CHANGE) after += units;
  }
  return {
    ratingGroup: 'get' in group ? (readNumber(group, 'Rating-Group') ?? null) : null,
    serviceIdentifier: readNumber(group, 'Service-Identifier') ?? null,
    ...(requested === undefined ? {} : { asked: unitsOf(requested, kind) ?? null }),
    ...(used === undefined ? {} : { used, usedAfterTariffChange: after }),
  };
}

function readNumber(group: AvpGroup, name: 'Rating-Group' | 'Service-Identifier'): number | undefined {
  return group.get(name);
}

/** Octets in total, or both ways together where no total is told: Open5GS reports both and never a total. */
function unitsOf(group: AvpGroup, kind: ServiceKind): bigint | undefined {
  if (kind === 'voice') {
    const seconds = group.get('CC-Time');
    return seconds === undefined ? undefined : BigInt(seconds);
  }
  if (kind === 'message') return group.get('CC-Service-Specific-Units');
  const total = group.get('CC-Total-Octets');
  if (total !== undefined) return total;
  const input = group.get('CC-Input-Octets');
  const output = group.get('CC-Output-Octets');
  return input === undefined && output === undefined ? undefined : (input ?? 0n) + (output ?? 0n);
}

/** "tel:+12065550100", "sip:+12065550100@ims.example;user=phone"; a message's recipient is digits, international without a sign. */
function destinationOf(kind: ServiceKind, information: AvpGroup | undefined): string | undefined {
  if (information === undefined || kind === 'data') return undefined;
  if (kind === 'voice') {
    const called = information.get('IMS-Information')?.get('Called-Party-Address');
    return called?.replace(/^(?:tel|sips?):/i, '').replace(/[@;].*$/s, '');
  }
  const recipient = information.get('SMS-Information')?.get('Recipient-Info')?.get('Recipient-Address');
  const digits = recipient?.get('Address-Data');
  // An MSISDN is a whole number; short codes are of another type (TS 32.299 §7.2.8).
  return recipient?.get('Address-Type') === ADDRESS.MSISDN && digits !== undefined && !digits.startsWith('+') ? `+${digits}` : digits;
}
