/**
 * A ChargingDataRequest as charging understands it. What makes two requests the same (reliability.md of the plan, G1) is
 * decided here: the number, or for consumers that never number what they report.
 */
import { hash } from 'node:crypto';
import type { AskedItem, ChargingRequest, Operation, PeerProfile } from '#domain/charging';
import { secretToken } from '#platform/random';
import type { ChargingData, UnitUsage, UsedUnits } from './charging-data.ts';

const OFFLINE = 'OFFLINE_CHARGING';
const TARIFF_CHANGE = 'TARIFF_TIME_CHANGE';

/** One rating group at one user plane: its quota is its own (TS 32.291 §6.1.6.2.1.5, uPFID). */
export type ReadItem = AskedItem & { readonly uPFID: string | undefined };

export type Consumer = { readonly peer: string; readonly profile: PeerProfile };

export function readRequest(
  data: ChargingData,
  { peer, profile }: Consumer,
  operation: Extract<Operation, 'begin' | 'update' | 'end' | 'event'>,
  reference: string,
): ChargingRequest & { readonly items: readonly ReadItem[] } {
  const items = itemsOf(data, profile);
  const visitedNetwork = visitedNetworkOf(data);
  return {
    ...{ peer, profile, reference, operation, ...keyOf(data, operation, items) },
    contentHash: hash('md5', JSON.stringify(contentOf(data)), 'buffer'),
    line: lineOf(data),
    kind: 'data',
    ...(visitedNetwork === undefined ? {} : { visitedNetwork }),
    ...(data.notifyUri === undefined ? {} : { notify: data.notifyUri }),
    items,
  };
}

/** A digest, because it is part of an address. */
export type Beginning = {
  readonly name: string;
  /** Of the name, what tells the PDU session of a subscriber; undefined where none is told. A phone has each number once at a time. */
  readonly pduSession: string | undefined;
};

/**
 * What makes it the same beginning: consumer, subscriber, PDU session and charging id; of a one-time event its own time and number
 * too.
 */
export function nameBeginning(data: ChargingData, peer: string): Beginning {
  const { subscriberIdentifier, pDUSessionChargingInformation: session, invocationTimeStamp, invocationSequenceNumber } = data;
  const chargingId = data.chargingId ?? session?.chargingId ?? session?.sMFchargingId;
  const pduSessionId = session?.pduSessionInformation?.pduSessionID;
  const single = data.oneTimeEvent === true || (chargingId === undefined && pduSessionId === undefined);
  const own = single ? [invocationTimeStamp, invocationSequenceNumber, contentOf(data)] : [];
  const subscriber = subscriberIdentifier ?? session?.userInformation?.servedGPSI;
  const pduSession = digest([peer, subscriber, pduSessionId]);
  const isNamed = !single && pduSessionId !== undefined && subscriber !== undefined;
  return { name: `${pduSession}${digest([chargingId, ...own])}`, pduSession: isNamed ? pduSession : undefined };
}

/** 96 bits. */
function digest(parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts.map((part) => part ?? null)), 'base64url').slice(0, 16);
}

/** Zero is no number of what follows a beginning: that came before it. */
function keyOf(data: ChargingData, operation: Operation, items: readonly ReadItem[]): Pick<ChargingRequest, 'key' | 'number'> {
  const { invocationSequenceNumber: number = 0 } = data;
  if (operation === 'begin' || operation === 'event') return { key: operation, number: BigInt(number) };
  if (number > 0) return { key: `${operation}:${number}`, number: BigInt(number) };
  if (items.some(({ used }) => used !== undefined && used > 0n))
    return { key: `${operation}/${hash('sha256', JSON.stringify(contentOf(data)), 'base64url').slice(0, 22)}`, number: null };
  // Nothing is debited by it, so it is no repetition of anything; an end is an end.
  return { key: operation === 'end' ? 'end' : `${operation}/${secretToken()}`, number: null };
}

/** Whatever counts; the time of the request itself, which a retransmission may change, is not in it. */
function contentOf({ multipleUnitUsage = [] }: ChargingData) {
  return multipleUnitUsage.map(({ ratingGroup, uPFID, usedUnitContainer = [] }) => [
    ...[ratingGroup, uPFID ?? null],
    usedUnitContainer.map((used) => [
      ...[used.time, used.totalVolume, used.uplinkVolume, used.downlinkVolume, used.serviceSpecificUnits],
      ...[used.quotaManagementIndicator, used.triggerTimestamp, used.localSequenceNumber],
      (used.triggers ?? []).map(({ triggerType, triggerCategory }) => [triggerType, triggerCategory]),
    ]),
  ]);
}

function itemsOf({ multipleUnitUsage = [] }: ChargingData, profile: PeerProfile): ReadItem[] {
  const items = new Map<string, ReadItem>();
  for (const usage of multipleUnitUsage) {
    const item = itemOf(usage, profile);
    // It neither reports nor asks: what its quota is stays as it is.
    if (item.used === undefined && item.asked === undefined) continue;
    const name = `${item.ratingGroup}/${item.uPFID ?? ''}`;
    const known = items.get(name);
    items.set(name, known === undefined ? item : together(known, item));
  }
  return [...items.values()];
}

function itemOf({ ratingGroup, uPFID, requestedUnit, usedUnitContainer = [] }: UnitUsage, profile: PeerProfile): ReadItem {
  const counted = usedUnitContainer.filter((one) => profile.debitsOffline || one.quotaManagementIndicator !== OFFLINE);
  const offlineOnly = usedUnitContainer.length > 0 && counted.length === 0;
  let used: bigint | undefined;
  let after = 0n;
  let isAfter = false;
  for (const one of counted) {
    const octets = octetsOf(one);
    if (octets !== undefined) used = (used ?? 0n) + octets;
    if (isAfter) after += octets ?? 0n;
    // Closed by the change of tariff: what follows it was used after it (TS 32.255 §5.2.1.3).
    isAfter ||= (one.triggers ?? []).some(({ triggerType }) => triggerType === TARIFF_CHANGE);
  }
  return {
    ...{ ratingGroup, uPFID, serviceIdentifier: uPFID === undefined ? null : numberOf(uPFID) },
    ...(requestedUnit === undefined || offlineOnly ? {} : { asked: octetsOf(requestedUnit) ?? null }),
    ...(used === undefined ? {} : { used, usedAfterTariffChange: after }),
  };
}

/** The same group more than once in a request: two counters of one user plane. */
function together(one: ReadItem, other: ReadItem): ReadItem {
  const asked = one.asked ?? other.asked;
  const isAsked = one.asked !== undefined || other.asked !== undefined;
  const isUsed = one.used !== undefined || other.used !== undefined;
  return {
    ...{ ratingGroup: one.ratingGroup, uPFID: one.uPFID, serviceIdentifier: one.serviceIdentifier },
    ...(isAsked ? { asked: asked ?? null } : {}),
    ...(isUsed
      ? {
          used: (one.used ?? 0n) + (other.used ?? 0n),
          usedAfterTariffChange: (one.usedAfterTariffChange ?? 0n) + (other.usedAfterTariffChange ?? 0n),
        }
      : {}),
  };
}

/** In total, or both ways together; undefined where no volume is told. */
function octetsOf({ totalVolume, uplinkVolume, downlinkVolume }: Pick<UsedUnits, 'totalVolume' | 'uplinkVolume' | 'downlinkVolume'>) {
  if (totalVolume !== undefined) return BigInt(totalVolume);
  if (uplinkVolume === undefined && downlinkVolume === undefined) return undefined;
  return BigInt(uplinkVolume ?? 0) + BigInt(downlinkVolume ?? 0);
}

/** Charging tells services by number: 31 bits that are always the same for a user plane. */
function numberOf(uPFID: string): number {
  return hash('sha256', uPFID.toLowerCase(), 'buffer').readUInt32BE(0) >>> 1;
}

/** "imsi-001010000000001", "msisdn-12065550100" (TS 29.571 §5.3.2); of other kinds we know nobody. */
function lineOf({ subscriberIdentifier = '', pDUSessionChargingInformation }: ChargingData): ChargingRequest['line'] {
  const imsi = /^imsi-(\d{5,15})$/.exec(subscriberIdentifier)?.[1];
  const gpsi = pDUSessionChargingInformation?.userInformation?.servedGPSI ?? '';
  const number = /^msisdn-(\d{5,15})$/.exec(gpsi)?.[1];
  return { ...(imsi === undefined ? {} : { imsi }), ...(number === undefined ? {} : { number: `+${number}` }) };
}

function visitedNetworkOf({ pDUSessionChargingInformation: session }: ChargingData): string | undefined {
  const { nrLocation, eutraLocation } = session?.userLocationinfo ?? {};
  const plmn = session?.pduSessionInformation?.servingCNPlmnId ?? nrLocation?.tai?.plmnId ?? eutraLocation?.tai?.plmnId;
  return plmn === undefined ? undefined : `${plmn.mcc}${plmn.mnc}`;
}
