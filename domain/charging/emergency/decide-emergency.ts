/**
 * One request answered without the books: data alone, a small quota for a short while. What it reports is taken down and debited
 * later, whatever it is. A pure function of the request and of what may still be given.
 */
import type { AnsweredItem, ChargingAnswer, ChargingRequest } from '../charging.ts';
import type { EmergencyLimits } from './emergency.ts';

export type EmergencyAnswer = { readonly answer: ChargingAnswer; readonly granted: bigint };

const NOTHING = { granted: null, validitySeconds: null, threshold: null, tariffChangeAt: null, final: false, speed: 'full' } as const;

/** Undefined: it is for nobody to answer. Nothing may be given to a session that has not begun: it is told to come again. */
export function decideEmergency(request: ChargingRequest, left: bigint, limits: EmergencyLimits): EmergencyAnswer | undefined {
  const { kind, operation, items, profile } = request;
  if (kind !== 'data' || operation === 'event' || operation === 'refund') return undefined;
  const asking = operation === 'end' ? [] : items.filter(({ asked }) => asked !== undefined);
  const share = asking.length === 0 ? 0n : left / BigInt(asking.length);
  const each = share < limits.grant ? share : limits.grant;
  // Less than this and the peer would ask for each packet.
  const granted = each >= profile.data.floor ? each : 0n;
  if (operation === 'begin' && granted === 0n) return undefined;
  const validitySeconds = Math.min(limits.validitySeconds, profile.validitySecondsMax);
  const answered = items.map((item): AnsweredItem => {
    const { ratingGroup, serviceIdentifier } = item;
    if (!asking.includes(item)) return { ratingGroup, serviceIdentifier, ...NOTHING, result: 'success' };
    if (granted === 0n) return { ratingGroup, serviceIdentifier, ...NOTHING, result: 'credit_limit_reached' };
    return { ratingGroup, serviceIdentifier, ...NOTHING, result: 'success', granted, validitySeconds };
  });
  return { answer: { result: 'success', items: answered }, granted: granted * BigInt(asking.length) };
}
