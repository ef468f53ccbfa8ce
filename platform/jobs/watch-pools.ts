/**
 * graphile-worker's pools of workers, which know less about lost connections than they should. Found by tests/torture:
 * - A worker that was not answered when it took a job may have taken one, which then stays locked for as long as its pool
 *   lives. Such a pool is made to end; `keepRunning` puts another in its place.
 * - A pool that could not write down how jobs ended may wait for ever to have ended itself (its count of what is pending
 *   goes below zero), while it takes no job any more. Such a pool is given up.
 */
import { EventEmitter } from 'node:events';
import type { WorkerEvents, WorkerPool } from 'graphile-worker';

export type PoolWatch = {
  /** To be given to `run`, before it runs: its workers are made, and take jobs, before it answers. */
  readonly events: WorkerEvents;
  /** Ids of pools, by which their jobs are locked: those that work, and those that have ended or were given up. */
  readonly living: Set<string>;
  readonly ended: Set<string>;
  /** Resolves when the pool that was made last is given up. */
  latestGivenUp(): Promise<void>;
};

/** A job takes moments; one that takes longer than this beside a pool that ends may be taken by another as well. */
const ENDS_MS_MAX = 5_000;

export function watchPools(onTrouble: (what: string, error: unknown) => void): PoolWatch {
  const events: WorkerEvents = new EventEmitter();
  const living = new Set<string>();
  const ended = new Set<string>();
  const ending = new WeakSet<WorkerPool>();
  const giveUps = new WeakMap<WorkerPool, () => void>();
  let latestGivenUp = Promise.resolve();
  const end = ({ id }: WorkerPool): void => {
    living.delete(id);
    ended.add(id);
  };
  events.on('pool:create', ({ workerPool }) => {
    living.add(workerPool.id);
    latestGivenUp = new Promise((resolve) => giveUps.set(workerPool, resolve));
  });
  events.on('pool:release', ({ workerPool }) => end(workerPool));
  events.on('pool:gracefulShutdown', ({ workerPool }) => {
    ending.add(workerPool);
    setTimeout(() => {
      if (!living.has(workerPool.id)) return;
      end(workerPool);
      giveUps.get(workerPool)?.();
    }, ENDS_MS_MAX).unref();
  });
  events.on('worker:getJob:error', ({ worker: { workerPool } }) => {
    if (ending.has(workerPool)) return;
    ending.add(workerPool);
    // Not in this turn: the worker is still writing down that it has no job.
    setImmediate(() => {
      Promise.resolve(workerPool.gracefulShutdown('a job may have been taken without an answer')).catch((error: unknown) =>
        onTrouble('job workers being replaced', error),
      );
    });
  });
  return { events, living, ended, latestGivenUp: () => latestGivenUp };
}
