/**
 * How far a peer may go and what it understands: data, not branches scattered about. The standard holds for everyone; a
 * profile states only where a deployed peer is known to differ (../shared/design/protocols.md of the plan, by peer).
 */

export type QuotaLimits = {
  /** Smaller grants would make it ask for each packet. */
  readonly floor: bigint;
  readonly ceiling: bigint;
  /** When nothing is known of its pace yet. */
  readonly first: bigint;
};

export type PeerProfile = {
  readonly code: 'standard' | 'open5gs' | 'free5gc';
  readonly data: QuotaLimits;
  readonly voice: QuotaLimits;
  readonly message: QuotaLimits;
  /** A report every so many seconds is aimed at. */
  readonly reportSeconds: number;
  readonly validitySecondsMax: number;
  /** While somebody is about to buy for the line: short for a peer that cannot be told when it is done. */
  readonly validitySecondsBuying: number;
  /** Percent of a grant that is left when the peer shall ask again; 0: at the end only. */
  readonly thresholdPercent: number;
  /** What is told when nothing follows a quota: the end, or nothing because the peer would end the session at its next report. */
  readonly tellsFinal: boolean;
  /** Speed is lowered by a policy door (Sy, spending limit); else throttled data is granted at the pace of its speed. */
  readonly hasPolicyDoor: boolean;
  /** Use beyond what was granted that nobody paid for, over all of a session; past it the session is stopped (G6). */
  readonly overrunMax: bigint;
  /** Silent for so long it is closed by us (G5). */
  readonly silentSeconds: number;
  /** Use that is reported as charged offline is debited too; false where it is a second count of the same octets. */
  readonly debitsOffline: boolean;
};

const STANDARD: PeerProfile = {
  code: 'standard',
  data: { floor: 256n * 1024n, ceiling: 200_000_000n, first: 5_000_000n },
  voice: { floor: 10n, ceiling: 300n, first: 60n },
  message: { floor: 1n, ceiling: 10n, first: 1n },
  reportSeconds: 45,
  validitySecondsMax: 3600,
  validitySecondsBuying: 3600,
  thresholdPercent: 20,
  tellsFinal: true,
  hasPolicyDoor: true,
  overrunMax: 500_000_000n,
  silentSeconds: 2 * 3600,
  debitsOffline: true,
};

export const PROFILES = {
  standard: STANDARD,
  /** Its user plane does not stop at the quota; any result but success ends the session, and so does a final unit. RAR is ignored: it comes back by a short validity. */
  open5gs: { ...STANDARD, code: 'open5gs', tellsFinal: false, hasPolicyDoor: false, validitySecondsMax: 10, validitySecondsBuying: 1 },
  /**
   * Volumes are signed 32-bit numbers there. A threshold goes to the user plane as it is, where it counts what was used: 80 there is 20 left.
   * The validity of a quota is read and lost again, so a phone that does nothing reports nothing (smf, charging_trigger.go).
   */
  free5gc: {
    ...STANDARD,
    code: 'free5gc',
    data: { ...STANDARD.data, ceiling: 1_000_000_000n },
    thresholdPercent: 80,
    tellsFinal: false,
    silentSeconds: 24 * 3600,
    debitsOffline: false,
  },
} as const satisfies Record<PeerProfile['code'], PeerProfile>;
