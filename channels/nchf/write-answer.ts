/** What charging decided, as a ChargingDataResponse (TS 32.291 §6.1.6.2.1.2). */
import { type AnsweredItem, type ChargingAnswer, type ChargingResult, RESULTS } from '#domain/charging';
import { problem, type SbiAnswer } from '#platform/sbi';
import type { ChargingData } from './charging-data.ts';
import type { ReadItem } from './read-request.ts';

export type NchfTerms = {
  /** Where a line whose last quota is used, or that has none to begin with, may go on to, for consumers that enforce it; undefined: its service ends. */
  readonly redirectUrl?: string | undefined;
};

/** The problem that a result is; undefined where the answer itself tells it. */
export function problemOf(result: ChargingResult): SbiAnswer | undefined {
  const { http, operator } = RESULTS[result];
  if (http === null) return undefined;
  const headers = http.status === 503 ? { headers: { 'retry-after': '1' } } : {};
  return problem(http.status, http.cause, operator, headers);
}

export function writeChargingData(
  data: ChargingData,
  items: readonly ReadItem[],
  answer: ChargingAnswer,
  now: Date,
  terms: NchfTerms,
): object {
  return {
    invocationTimeStamp: now.toISOString(),
    invocationSequenceNumber: data.invocationSequenceNumber ?? 0,
    // An outage means no data, not free data: what is granted goes on, and no more is given.
    invocationResult: { failureHandling: 'RETRY_AND_TERMINATE' },
    sessionFailover: 'FAILOVER_SUPPORTED',
    multipleUnitInformation: answer.items.flatMap((item) => unitInformation(item, items, terms)),
  };
}

function unitInformation(item: AnsweredItem, items: readonly ReadItem[], terms: NchfTerms): object[] {
  const { ratingGroup, granted, threshold, validitySeconds, tariffChangeAt, result } = item;
  if (ratingGroup === null) return [];
  const asked = items.find((one) => one.ratingGroup === ratingGroup && one.serviceIdentifier === item.serviceIdentifier);
  const uPFID = asked?.uPFID;
  // It gave up what it had and wants nothing.
  const triggers = granted === null && result === 'success' ? [] : triggersOf(item);
  return [
    {
      resultCode: RESULTS[result].nchf,
      ratingGroup,
      // free5GC finds the counter by it, and applies nothing without it.
      ...(uPFID === undefined ? {} : { uPFID }),
      ...(granted === null ? {} : { grantedUnit: grantedUnit(granted, tariffChangeAt) }),
      ...(triggers.length === 0 ? {} : { triggers }),
      ...(validitySeconds === null ? {} : { validityTime: validitySeconds }),
      ...(threshold === null ? {} : { volumeQuotaThreshold: Number(threshold) }),
      ...(item.final && result === 'success' ? { finalUnitIndication: finalUnit(terms) } : {}),
    },
  ];
}

/** Octets here are below 2^50. */
function grantedUnit(granted: bigint, tariffChangeAt: Date | null) {
  return { totalVolume: Number(granted), ...(tariffChangeAt === null ? {} : { tariffTimeChange: tariffChangeAt.toISOString() }) };
}

/**
 * What shall make it report at once. free5GC arms what is listed and nothing else, so a quota without QUOTA_EXHAUSTED is none, and
 * QUOTA_EXHAUSTED without a quota blocks; by the standard it is what is armed anyway (TS 32.290 §5.4.1).
 */
function triggersOf({ threshold, validitySeconds }: AnsweredItem) {
  const immediate = (triggerType: string) => ({ triggerType, triggerCategory: 'IMMEDIATE_REPORT' });
  return [
    immediate('QUOTA_EXHAUSTED'),
    ...(threshold === null ? [] : [immediate('QUOTA_THRESHOLD')]),
    ...(validitySeconds === null ? [] : [immediate('VALIDITY_TIME')]),
  ];
}

function finalUnit({ redirectUrl }: NchfTerms) {
  if (redirectUrl === undefined) return { finalUnitAction: 'TERMINATE' };
  return { finalUnitAction: 'REDIRECT', redirectServer: { redirectAddressType: 'URL', redirectServerAddress: redirectUrl } };
}
