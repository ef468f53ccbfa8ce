/**
 * The movable business clock: an offset in a row that all nodes share. It never goes back. Moving it stops at every
 * instant at which something falls due, so that what happens carries the time at which it was due to happen.
 */
import { type Queries, statement } from '#platform/database';
import type { OffsetClock } from './clock.ts';

const readOffset = statement<object, { offsetMs: bigint }>(import.meta.dirname, 'read-offset');
const moveOffset = statement<{ offsetMs: bigint }, { offsetMs: bigint }>(import.meta.dirname, 'move-offset');

/** Takes the shared offset over into this node's clock. */
export async function syncClock(queries: Queries, clock: OffsetClock): Promise<void> {
  clock.offsetMs = Number((await queries.one(readOffset, {})).offsetMs);
}

/** Keeps this node's clock with the shared offset, once a second. Gives the way to stop. */
export function followClock(queries: Queries, clock: OffsetClock, onTrouble: (error: unknown) => void): () => void {
  const timer = setInterval(() => syncClock(queries, clock).catch(onTrouble), 1000);
  timer.unref();
  return () => clearInterval(timer);
}

export type DueSource = {
  /** The next instant, no later than `until`, at which something falls due. */
  readonly nextDue: (until: Date) => Promise<Date | undefined>;
  /** Does all that is due by now. */
  readonly runDue: () => Promise<void>;
};

/** Moves business time on to `target`, through everything that falls due on the way. An earlier target changes nothing. */
export async function moveClock(queries: Queries, clock: OffsetClock, target: Date, due: DueSource): Promise<void> {
  await syncClock(queries, clock);
  await due.runDue();
  for (;;) {
    const next = await due.nextDue(target);
    if (next === undefined) break;
    await setBusiness(queries, clock, next);
    await due.runDue();
  }
  await setBusiness(queries, clock, target);
  await due.runDue();
}

async function setBusiness(queries: Queries, clock: OffsetClock, instant: Date): Promise<void> {
  const offsetMs = BigInt(instant.getTime() - clock.transport().getTime());
  if (offsetMs < 0n) return;
  const moved = await queries.one(moveOffset, { offsetMs });
  clock.offsetMs = Number(moved.offsetMs);
}
