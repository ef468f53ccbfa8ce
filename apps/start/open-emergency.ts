/** The emergency quota of this node, where its operator wants one, and what replays it. */
import { join } from 'node:path';
import { type ChargingEngine, createEmergencyEngine, type EmergencyEngine, isReachable, type KeptEntry } from '#domain/charging';
import type { Config } from '#platform/config';
import { openJournal } from '#platform/journal';
import type { Log } from '#platform/log';
import type { House } from '../house/index.ts';

/** Some 300,000 answers; past it nothing is given. */
const JOURNAL_OCTETS_MAX = 256 * 1024 * 1024;
const REACHABLE_MS = 500;
const VALIDITY_SECONDS = 60;
const REPLAY_EVERY_MS = 1_000;
const MB = 1_000_000n;

export type EmergencyWish = { readonly house: House; readonly originHost: string; readonly emergency?: Config['emergency'] };

/** Without a journal that can be opened there is no emergency quota, and the node goes on. */
export async function openEmergency(
  { house, originHost, emergency }: EmergencyWish,
  engine: ChargingEngine,
): Promise<EmergencyEngine | undefined> {
  const { tools, log } = house;
  if (emergency === undefined) return undefined;
  const path = join(emergency.folder, `${originHost}.journal`);
  try {
    const opened = await openJournal<KeptEntry>(path, { octetsMax: JOURNAL_OCTETS_MAX });
    if (opened.torn > 0) log.warn({ path, lines: opened.torn }, 'the emergency journal was torn: what nobody was answered is left out');
    const limits = {
      grant: BigInt(emergency.grantMb) * MB,
      lineADay: BigInt(emergency.lineADayMb) * MB,
      nodeADay: BigInt(emergency.nodeADayMb) * MB,
      validitySeconds: VALIDITY_SECONDS,
    };
    const reachable = () => isReachable(tools.database, REACHABLE_MS);
    return createEmergencyEngine({ engine, opened, limits, isReachable: reachable, clock: tools.clock, log });
  } catch (error) {
    log.error({ err: error, path }, 'no emergency journal: no emergency quota');
    return undefined;
  }
}

/** Again and again, never before the last time is done. Gives the way to stop. */
export function keepReplaying(engine: EmergencyEngine | undefined, log: Pick<Log, 'error'>): () => void {
  let isRunning = false;
  const every = setInterval(() => {
    if (isRunning || engine === undefined) return;
    isRunning = true;
    engine
      .replay()
      .catch((error: unknown) => log.error({ err: error }, 'what was given in an emergency could not be charged yet'))
      .finally(() => {
        isRunning = false;
      });
  }, REPLAY_EVERY_MS);
  return () => clearInterval(every);
}
