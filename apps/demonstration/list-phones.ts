/** Which of the demonstration's lines are switched on at its packet core, and what their owners do with them. */
import { findNumber, type NumberClaim } from '#domain/lines';
import type { Database } from '#platform/database';
import { isRefusal } from '#platform/refusals';
import type { Traffic } from '#simulators/packet-core';
import { type Ending, FEATURED_NUMBERS, imsiOf, tellStories, VISITED_NETWORK } from './stories.ts';

export type Phone = {
  readonly line: NumberClaim;
  readonly number: string;
  readonly imsi: string;
  readonly traffic: Traffic;
  readonly visitedNetwork?: string;
};

/** With the featured ones: enough for something to move on every page, and little enough for a laptop. */
const PHONES_MAX = 30;

const usual = (appetite: number): Traffic => ({ kind: 'usual', appetite });

/** By how its story ended; undefined: switched off. Whoever pays as they go is careful. */
const TRAFFIC: Readonly<Record<Ending, Traffic | undefined>> = {
  // Busier than most people, so that something is to be seen.
  healthy: usual(3),
  // Some 140 MB are left: gone in about three minutes.
  nearly_dry: { kind: 'run_dry', kbps: 6_000 },
  throttled: usual(3),
  stopped: usual(1),
  expired: usual(1),
  suspended: usual(1),
  parked: undefined,
  queued: usual(3),
  pay_as_you_go: usual(0.02),
  pending: undefined,
  family: usual(3),
  roaming: usual(2),
};

/** Those that are there: a demonstration may have been made with fewer lines. */
export async function listPhones(database: Database): Promise<Phone[]> {
  const featured = new Set(FEATURED_NUMBERS.map(({ number }) => number));
  const phones: Phone[] = [];
  for (const { number, ending } of tellStories()) {
    // The one line that runs dry while one watches is the one people are shown; others keep their story.
    const traffic = featured.has(number) || ending === 'healthy' ? TRAFFIC[ending] : undefined;
    if (traffic === undefined || phones.length >= PHONES_MAX) continue;
    const line = await findNumber(database, number);
    if (!isRefusal(line))
      phones.push({ line, number, imsi: imsiOf(number), traffic, ...(ending === 'roaming' ? { visitedNetwork: VISITED_NETWORK } : {}) });
  }
  return phones;
}
