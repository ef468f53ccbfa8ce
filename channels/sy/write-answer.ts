/** How a line's policy counters stand, in the words of Sy (3GPP TS 29.219 §5.3, §5.5, §5.6.3). */
import {
  type Answer,
  APPLICATION,
  type Avps,
  avp,
  type Message,
  RESULT,
  SY_ERROR_UNKNOWN_POLICY_COUNTERS,
  VENDOR_3GPP,
} from '#channels/diameter';
import type { Statuses, WatchAnswer } from '#domain/policy';

/** In every message of the application. */
export const ALWAYS: Avps = [avp('Auth-Application-Id', APPLICATION.SY)];

export function writeSpendingLimitAnswer(message: Message, answer: WatchAnswer): Answer {
  switch (answer.result) {
    case 'success':
      return { resultCode: RESULT.SUCCESS, avps: [...ALWAYS, ...writeReports(answer.statuses)] };
    case 'user_unknown':
      return { resultCode: RESULT.USER_UNKNOWN, avps: ALWAYS, errorMessage: 'No line has this IMSI or number.' };
    case 'unknown_session':
      return { resultCode: RESULT.UNKNOWN_SESSION_ID, avps: ALWAYS };
    case 'unknown_counters':
      return {
        resultCode: { vendor: VENDOR_3GPP, code: SY_ERROR_UNKNOWN_POLICY_COUNTERS },
        avps: [...ALWAYS, ...failedCounters(message, answer.counters)],
        errorMessage: 'No counter has this name.',
      };
  }
}

const FAILED_MAX = 20;
/** What we copy back of one AVP. */
export const FAILED_OCTETS_MAX = 1_024;

/** The request's own AVPs, so that the PCRF sees which of its names nobody keeps here. */
function failedCounters(message: Message, unknown: readonly string[]): Avps {
  const names = message.all('Policy-Counter-Identifier');
  const failed = message
    .rawAll('Policy-Counter-Identifier')
    .filter((octets, place) => octets.length <= FAILED_OCTETS_MAX && unknown.includes(names[place] ?? ''))
    .slice(0, FAILED_MAX);
  return failed.length === 0
    ? []
    : [
        avp(
          'Failed-AVP',
          failed.map((octets) => ({ octets })),
        ),
      ];
}

/** With what is known to come; a PCRF lets go of what it was told to come before (§4.5.1, §4.5.2). */
export function writeReports(statuses: Statuses): Avps {
  return Object.entries(statuses).map(([counter, { status, pending }]) =>
    avp('Policy-Counter-Status-Report', [
      avp('Policy-Counter-Identifier', counter),
      avp('Policy-Counter-Status', status),
      ...pending.map((one) =>
        avp('Pending-Policy-Counter-Information', [
          avp('Policy-Counter-Status', one.status),
          avp('Pending-Policy-Counter-Change-Time', one.at),
        ]),
      ),
    ]),
  );
}
