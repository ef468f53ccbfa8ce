/**
 * How much to grant: neither what the peer asks for nor a constant. From the session's recent pace (a report every 30 to
 * 60 seconds), what is left, who else draws on it, and the speed of a throttled line; ever smaller as the end nears, so
 * that little is held when a second session comes, and nothing stalls.
 */
import type { GrantReason } from './charging.ts';
import type { PeerProfile, QuotaLimits } from './profiles.ts';

export type QuotaToSize = {
  readonly profile: Pick<PeerProfile, 'reportSeconds' | 'hasPolicyDoor'>;
  readonly limits: QuotaLimits;
  /** Units a second, of late; 0: unknown. */
  readonly ratePerSecond: number;
  /** Of what serves next, at one speed; null: unlimited. */
  readonly left: bigint | null;
  /** Set where what serves next is throttled. */
  readonly speedKbps: number | null;
  /** How long a throttled grant is valid: where grants set the pace, as much as the speed carries in it. */
  readonly paceSeconds: number;
  /** Other sessions hold part of it. */
  readonly shared: boolean;
};

/** Never 0 while something is left, and never more than is left. */
export function sizeQuota(quota: QuotaToSize): { readonly units: bigint; readonly why: GrantReason } {
  const { left, limits, shared } = quota;
  const wanted = wantedUnits(quota);
  if (left === null || wanted.why === 'paced') return { ...wanted, units: least(wanted.units, left ?? wanted.units) };
  // Half of the rest at most, a quarter where others draw on it too: they would find it held.
  const part = left / (shared ? 4n : 2n);
  if (part >= wanted.units) return wanted;
  if (left <= limits.floor) return { units: left, why: 'last' };
  return { units: least(left, part > limits.floor ? part : limits.floor), why: 'near_end' };
}

function wantedUnits({ profile, limits, ratePerSecond, speedKbps, paceSeconds }: QuotaToSize): { units: bigint; why: GrantReason } {
  if (speedKbps !== null) {
    const octetsPerSecond = speedKbps * 125;
    // Without a policy door the pace of the grants is what slows the line: exactly the speed times the validity.
    if (!profile.hasPolicyDoor) return { units: BigInt(octetsPerSecond * paceSeconds), why: 'paced' };
    return bounded(BigInt(octetsPerSecond * profile.reportSeconds), limits, 'rate');
  }
  if (ratePerSecond === 0) return { units: limits.first, why: 'first' };
  return bounded(BigInt(Math.ceil(ratePerSecond * profile.reportSeconds)), limits, 'rate');
}

function bounded(units: bigint, { floor, ceiling }: QuotaLimits, why: GrantReason): { units: bigint; why: GrantReason } {
  if (units < floor) return { units: floor, why: 'floor' };
  return units > ceiling ? { units: ceiling, why: 'ceiling' } : { units, why };
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

/**
 * Half old, half new: follows a change of pace within a few reports and forgets a burst. What came within a second counts as
 * a second's: after a long silence, a burst must not ask for each packet because its pace is not believed.
 */
export function paceAfter(ratePerSecond: number, used: bigint, seconds: number): number {
  if (seconds <= 0) return ratePerSecond;
  const seen = Number(used) / Math.max(seconds, 1);
  return ratePerSecond === 0 ? seen : (ratePerSecond + seen) / 2;
}
