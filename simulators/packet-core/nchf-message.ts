/** ChargingDataRequests as a core writes them, and what it reads of the answers (TS 32.291 §6.1.6.2). */
import { RESULT } from '#channels/diameter';
import type { CoreProfile } from './profiles.ts';
import type { AnsweredService } from './read-answer.ts';
import { octetsOf, type Reason } from './service-quota.ts';
import type { CoreRequest, RequestedService } from './write-request.ts';

export type NchfSender = {
  readonly profile: CoreProfile;
  readonly name: string;
  readonly instanceId: string;
  readonly chargingId: number;
  readonly upfId: string;
  readonly notifyUri: string;
};

const TRIGGERS: Readonly<Record<Reason, string>> = {
  THRESHOLD: 'QUOTA_THRESHOLD',
  QHT: 'QHT',
  FINAL: 'FINAL',
  QUOTA_EXHAUSTED: 'QUOTA_EXHAUSTED',
  VALIDITY_TIME: 'VALIDITY_TIME',
  FORCED_REAUTHORISATION: 'FORCED_REAUTHORISATION',
};

export function writeChargingData(request: CoreRequest, sender: NchfSender, isRetransmitted: boolean): object {
  const { profile, name, instanceId, chargingId, notifyUri } = sender;
  const { imsi, e164, visitedNetwork, services, number, atMs } = request;
  return {
    subscriberIdentifier: `imsi-${imsi}`,
    chargingId,
    // free5GC puts the name of its configuration where an NF instance id belongs.
    nfConsumerIdentification: profile.numbersRequests
      ? { nodeFunctionality: 'SMF', nFName: instanceId, nFFqdn: name }
      : { nodeFunctionality: 'SMF', nFName: name },
    invocationTimeStamp: new Date(atMs).toISOString(),
    invocationSequenceNumber: profile.numbersRequests ? number : 0,
    ...(isRetransmitted && profile.numbersRequests ? { retransmissionIndicator: true } : {}),
    notifyUri,
    pDUSessionChargingInformation: {
      chargingId,
      ...(e164 === undefined ? {} : { userInformation: { servedGPSI: `msisdn-${e164.replace(/^\+/, '')}` } }),
      pduSessionInformation: {
        ...{ pduSessionID: 1, dnnId: 'internet' },
        ...(visitedNetwork === undefined ? {} : { servingCNPlmnId: { mcc: visitedNetwork.slice(0, 3), mnc: visitedNetwork.slice(3) } }),
      },
    },
    ...(services.length === 0 ? {} : { multipleUnitUsage: services.map((service) => unitUsage(service, request, sender)) }),
  };
}

function unitUsage({ ratingGroup, asks, use, seconds, reason }: RequestedService, { number, atMs }: CoreRequest, sender: NchfSender) {
  const { profile, upfId } = sender;
  const triggerType = reason === undefined ? 'START_OF_SERVICE_DATA_FLOW' : TRIGGERS[reason];
  const used = use === undefined ? undefined : octetsOf(use);
  return {
    ratingGroup: ratingGroup ?? 0,
    uPFID: upfId,
    ...(asks ? { requestedUnit: profile.asksOctets === null ? {} : { totalVolume: Number(profile.asksOctets) } } : {}),
    ...(use === undefined || used === undefined
      ? {}
      : {
          usedUnitContainer: [
            {
              localSequenceNumber: profile.numbersRequests ? number : 0,
              quotaManagementIndicator: 'ONLINE_CHARGING',
              triggers: [{ triggerType, triggerCategory: 'IMMEDIATE_REPORT' }],
              triggerTimestamp: new Date(atMs).toISOString(),
              ...(profile.numbersRequests ? { time: seconds } : {}),
              ...(used === 0n ? {} : { totalVolume: Number(used) }),
              ...(profile.reportsDirections && used > 0n ? { uplinkVolume: Number(use.up), downlinkVolume: Number(use.down) } : {}),
            },
          ],
        }),
  };
}

type UnitInformation = {
  readonly ratingGroup: number;
  readonly resultCode?: string;
  readonly uPFID?: string;
  readonly grantedUnit?: { readonly totalVolume?: number };
  readonly triggers?: readonly { readonly triggerType?: string }[];
  readonly validityTime?: number;
  readonly quotaHoldingTime?: number;
  readonly volumeQuotaThreshold?: number;
  readonly finalUnitIndication?: {
    readonly finalUnitAction: string;
    readonly redirectServer?: { readonly redirectServerAddress?: string };
  };
};

/** As Diameter numbers them: a core that speaks both keeps one set of results. */
const CODES: Readonly<Record<string, number>> = {
  SUCCESS: RESULT.SUCCESS,
  END_USER_SERVICE_DENIED: RESULT.END_USER_SERVICE_DENIED,
  END_USER_REQUEST_DENIED: RESULT.END_USER_SERVICE_DENIED,
  QUOTA_MANAGEMENT_NOT_APPLICABLE: RESULT.CREDIT_CONTROL_NOT_APPLICABLE,
  QUOTA_LIMIT_REACHED: RESULT.CREDIT_LIMIT_REACHED,
  USER_UNKNOWN: RESULT.USER_UNKNOWN,
  RATING_FAILED: RESULT.RATING_FAILED,
  CHARGING_FAILED: RESULT.RATING_FAILED,
  CHARGING_SESSION_NOT_FOUND: RESULT.UNKNOWN_SESSION_ID,
};

export function readChargingData(
  status: number,
  body: unknown,
  profile: CoreProfile,
  upfId: string,
): { readonly resultCode: number; readonly services: readonly AnsweredService[]; readonly meaning: string } {
  const { cause, multipleUnitInformation = [] } = (body ?? {}) as {
    readonly cause?: string;
    readonly multipleUnitInformation?: readonly UnitInformation[];
  };
  if (status >= 300) {
    const busy = status === 503 || status === 429 || status === 408;
    return { resultCode: busy ? RESULT.TOO_BUSY : (CODES[cause ?? ''] ?? RESULT.UNABLE_TO_COMPLY), services: [], meaning: cause ?? '' };
  }
  const services = multipleUnitInformation.filter(({ uPFID }) => uPFID === upfId).map((unit) => serviceOf(unit, profile));
  return { resultCode: RESULT.SUCCESS, services, meaning: JSON.stringify(multipleUnitInformation) };
}

function serviceOf(unit: UnitInformation, profile: CoreProfile): AnsweredService {
  const { ratingGroup, resultCode = 'SUCCESS', grantedUnit } = unit;
  const granted = grantedUnit?.totalVolume;
  const code = CODES[resultCode] ?? RESULT.UNABLE_TO_COMPLY;
  const lists = (trigger: string) => !profile.needsTriggers || unit.triggers?.some(({ triggerType }) => triggerType === trigger) === true;
  // It reads the trigger in place of the result: without a quota it blocks, and without the trigger nothing is counted.
  if (profile.needsTriggers && granted === undefined)
    return {
      ratingGroup,
      resultCode: lists('QUOTA_EXHAUSTED') ? RESULT.CREDIT_LIMIT_REACHED : RESULT.CREDIT_CONTROL_NOT_APPLICABLE,
      terms: undefined,
    };
  const { volumeQuotaThreshold, finalUnitIndication, validityTime, quotaHoldingTime } = unit;
  const redirectTo = finalUnitIndication?.redirectServer?.redirectServerAddress;
  if (granted === undefined) {
    const isLed = profile.readsFinalUnit && finalUnitIndication?.finalUnitAction === 'REDIRECT';
    const led = isLed ? { to: redirectTo, validitySeconds: validityTime } : undefined;
    return { ratingGroup, resultCode: code, terms: undefined, led };
  }
  if (!lists('QUOTA_EXHAUSTED')) return { ratingGroup, resultCode: RESULT.CREDIT_CONTROL_NOT_APPLICABLE, terms: undefined };
  const threshold = volumeQuotaThreshold === undefined || !lists('QUOTA_THRESHOLD') ? undefined : volumeQuotaThreshold;
  return {
    ratingGroup,
    resultCode: code,
    terms: {
      granted: BigInt(granted),
      validitySeconds: profile.readsValidity && lists('VALIDITY_TIME') ? validityTime : undefined,
      threshold: threshold === undefined ? undefined : BigInt(profile.thresholdIsUse ? granted - threshold : threshold),
      holdingSeconds: quotaHoldingTime,
      final: profile.readsFinalUnit && finalUnitIndication !== undefined ? finalOf(finalUnitIndication.finalUnitAction) : undefined,
      redirectTo,
    },
  };
}

function finalOf(action: string): 'terminate' | 'redirect' | 'restrict' {
  if (action === 'REDIRECT') return 'redirect';
  return action === 'RESTRICT_ACCESS' ? 'restrict' : 'terminate';
}
