/**
 * What runs by itself: the relay, the janitor and what falls due each minute. The relay also looks once a second, so that
 * news leaves within it; any number of nodes may do all of this at once.
 */
import type pg from 'pg';
import { dropOldDays } from '#domain/charging';
import { runDueLines } from '#domain/lines';
import { sendWaiting } from '#domain/notices';
import { type JobWorker, startWorker } from '#platform/jobs';
import { APPLY_EVENT, relayEvents } from '#platform/outbox';
import { applyJob, consumersOf, type House, reconcile, reconcileCharging, runJanitor } from '../house/index.ts';

const RELAY_EVERY_MS = 500;
const CRONTAB = [
  ...['* * * * * run_due', '* * * * * look_after', '17 * * * * reconcile'],
  // After the days are dropped: fewer to read.
  ...['41 3 * * * drop_days', '11 4 * * * reconcile_charging'],
].join('\n');

export async function runJobs(house: House, connection: pg.ClientConfig): Promise<JobWorker> {
  const { database, clock } = house.tools;
  const onTrouble = (what: string, error: unknown) => house.log.error({ err: error }, what);
  const consumers = consumersOf(house);
  const worker = await startWorker({
    connection,
    database,
    clock,
    concurrency: 4,
    crontab: CRONTAB,
    onTrouble,
    tasks: {
      [APPLY_EVENT]: async (payload) => {
        await house.catalog.current();
        await applyJob(house, consumers, payload);
      },
      run_due: async () => void (await runDueLines(house.tools, await house.catalog.current())),
      look_after: () => runJanitor(house),
      reconcile: () => reconcile(house),
      reconcile_charging: () => reconcileCharging(house),
      drop_days: async () => void (await dropOldDays(house.tools)),
    },
  });
  const stopRelay = everySoOften(RELAY_EVERY_MS, onTrouble, async () => {
    await relayEvents(database, consumers, clock.transport());
    for (let more = true; more; ) {
      const { sent, kept } = await sendWaiting(house.tools, house.senders);
      more = sent + kept > 0;
    }
  });
  return {
    async stop() {
      await stopRelay();
      await worker.stop();
    },
  };
}

/** Runs `work` again and again, never two at once; the way to stop waits for the one under way. */
function everySoOften(everyMs: number, onTrouble: (what: string, error: unknown) => void, work: () => Promise<void>): () => Promise<void> {
  let stopped = false;
  let wake: (() => void) | undefined;
  const loop = (async () => {
    while (!stopped) {
      await work().catch((error: unknown) => onTrouble('relay', error));
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, everyMs);
      });
    }
  })();
  return async () => {
    stopped = true;
    wake?.();
    await loop;
  };
}
